package io.streamz.cli;

import io.streamz.core.Checkpoint;
import io.streamz.core.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code streamz state}: what a folder of checkpoints holds. It reads and changes nothing else. */
@Command(
        name = "state",
        description = "Tells what a folder of --checkpoint holds: positions, operators, keys, bytes, age.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class State implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "the folder")
    Path folder;

    private final Console console;

    State(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            String what = Files.exists(folder) ? folder + " is a file" : "no such folder: " + folder;
            throw new DataException("no-folder", folder.toString(), what, "name the folder of --checkpoint");
        }
        List<DataException> damages = new ArrayList<>();
        List<Checkpoint> kept = Checkpoint.list(folder, damages::add);
        damages.forEach(damage -> console.say("warning: " + damage.getMessage()));
        if (kept.isEmpty()) {
            throw new DataException(
                    "no-checkpoint",
                    folder.toString(),
                    damages.isEmpty()
                            ? "there is no checkpoint in " + folder
                            : "no checkpoint in " + folder + " is whole",
                    "name the folder of --checkpoint");
        }
        StringBuilder text = new StringBuilder();
        tell(kept, text);
        OutputStream out = console.out();
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
        return Failure.DONE;
    }

    private void tell(List<Checkpoint> kept, StringBuilder text) {
        Checkpoint newest = kept.get(0);
        text.append(String.format(
                Locale.ROOT,
                "checkpoint %d of %s, %s ago (%s), %,d bytes, everything stood still for %s%n",
                newest.number(),
                newest.pipeline(),
                age(Duration.between(newest.taken(), Instant.now())),
                newest.taken(),
                newest.bytes(),
                millis(newest.pause())));
        text.append("kept: ")
                .append(kept.stream().map(each -> "" + each.number()).collect(Collectors.joining(", ")))
                .append("\n\n");
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"source", "position"});
        newest.sources()
                .forEach(source -> lines.add(new String[] {source.name(), SavedPosition.read(source.position())}));
        columns(lines, text);
        text.append('\n');
        lines.clear();
        lines.add(new String[] {"operator", "keys", "bytes"});
        for (Checkpoint.State state : newest.states()) {
            lines.add(new String[] {
                label(state),
                state.keys() < 0 ? "" : String.format(Locale.ROOT, "%,d", state.keys()),
                String.format(Locale.ROOT, "%,d", state.bytes())
            });
        }
        columns(lines, text);
    }

    /** The last step of the plan. */
    private static String label(Checkpoint.State state) {
        List<String> steps = state.plan().lines().toList();
        String last = steps.isEmpty() ? state.name() : steps.get(steps.size() - 1);
        return state.kind().equals("sink") ? "sink of " + last : last;
    }

    private static void columns(List<String[]> lines, StringBuilder text) {
        int count = lines.get(0).length;
        for (String[] line : lines) {
            for (int column = 0; column < count; column++) {
                int place = column;
                int width = lines.stream()
                        .mapToInt(other -> other[place].length())
                        .max()
                        .orElse(0);
                boolean last = column == count - 1;
                boolean right = column > 0 && count > 2;
                text.append(
                        last && !right
                                ? line[column]
                                : String.format(right ? "%" + width + "s" : "%-" + width + "s", line[column]));
                text.append(last ? "\n" : "  ");
            }
        }
    }

    private static String age(Duration age) {
        if (age.compareTo(Duration.ofMinutes(2)) < 0) {
            return Math.max(0, age.toSeconds()) + " s";
        }
        if (age.compareTo(Duration.ofHours(2)) < 0) {
            return age.toMinutes() + " min";
        }
        return age.compareTo(Duration.ofDays(2)) < 0 ? age.toHours() + " h" : age.toDays() + " d";
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
