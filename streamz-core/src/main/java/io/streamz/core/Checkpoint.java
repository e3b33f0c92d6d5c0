package io.streamz.core;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a checkpoint says of itself.
 *
 * @param pipeline the name of the pipeline
 * @param plan what {@link Checkpoints#plan} said, or the empty text
 * @param number counts up from 1, through restarts too; 0 where nothing was read and no step has state
 * @param taken when, by the clock of the pipeline
 * @param pause how long nothing moved while it was taken
 * @param bytes the size of the state
 * @param checksum CRC32C of the state
 * @param sources where the sources stood
 * @param states what the operators kept
 */
public record Checkpoint(
        String pipeline,
        String plan,
        long number,
        Instant taken,
        Duration pause,
        long bytes,
        long checksum,
        List<SourcePosition> sources,
        List<State> states) {

    /** Copies the lists. */
    public Checkpoint {
        sources = List.copyOf(sources);
        states = List.copyOf(states);
    }

    /**
     * Where a source stood.
     *
     * @param name its name in the checkpoint
     * @param plan what is known of the source without asking it, such as its columns
     * @param position as text; what is read again is in the state
     */
    public record SourcePosition(String name, String plan, String position) {}

    /**
     * What one operator kept.
     *
     * @param name its name in the checkpoint
     * @param kind what it is
     * @param plan what leads to it, one step a line
     * @param version of its layout
     * @param keys how many keys it has, -1 where it has none
     * @param bytes the size in the file
     */
    public record State(String name, String kind, String plan, int version, long keys, long bytes) {}

    /**
     * How the steps of a pipeline, as {@link Checkpoints#plan} says them, differ from those that the checkpoint was made by: the
     * first one that does. Empty where they are the same, and a start with them goes on from the checkpoint, or where either is
     * not known.
     */
    public Optional<String> difference(String steps) {
        boolean isKnown = !steps.isEmpty() && !plan.isEmpty();
        return isKnown && !steps.equals(plan) ? Optional.of(difference(plan, steps)) : Optional.empty();
    }

    static String difference(String before, String now) {
        List<String> old = before.lines().toList();
        List<String> lines = now.lines().toList();
        int same = 0;
        while (same < old.size() && same < lines.size() && old.get(same).equals(lines.get(same))) {
            same++;
        }
        String was = same < old.size() ? old.get(same) : "nothing behind " + last(old);
        String is = same < lines.size() ? lines.get(same) : "nothing behind " + last(lines);
        return "the checkpoint was made with " + was + ", and the plan has " + is;
    }

    private static String last(List<String> lines) {
        return lines.isEmpty() ? "the source" : lines.get(lines.size() - 1);
    }

    /**
     * The checkpoints of a folder, newest first. Reads what they say of themselves, and nothing else.
     *
     * @throws DataException when the folder cannot be read, or what a checkpoint says is damaged
     */
    public static List<Checkpoint> list(Path folder) {
        return list(folder, damage -> {
            throw damage;
        });
    }

    /**
     * The same, where damaged ones are passed over: a pipeline that starts does so too, and uses the newest one that is whole. Damage to
     * the state itself is not looked for.
     *
     * @param damages is told of each checkpoint that cannot be read, newest first, on the calling thread
     * @throws DataException when the folder cannot be read
     */
    public static List<Checkpoint> list(Path folder, Consumer<? super DataException> damages) {
        return CheckpointStore.list(folder, damages);
    }
}
