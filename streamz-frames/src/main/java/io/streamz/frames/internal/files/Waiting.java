package io.streamz.frames.internal.files;

import io.streamz.core.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Pieces that wait for their part.
 *
 * @param pieces the numbers of their checkpoints, ascending
 * @param rows their rows
 * @param size what they hold, in the unit of their {@link PartFolder.Pieces}
 * @param since when the first of them was begun, in milliseconds; the largest number where there is none
 */
record Waiting(List<Long> pieces, long rows, long size, long since) {
    static final Waiting NONE = new Waiting(List.of(), 0, 0, Long.MAX_VALUE);

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    Waiting plus(Waiting behind) {
        List<Long> all = new ArrayList<>(pieces);
        all.addAll(behind.pieces);
        return new Waiting(List.copyOf(all), rows + behind.rows, size + behind.size, Math.min(since, behind.since));
    }

    /** What is left without the first of it. */
    Waiting behind(Waiting first) {
        return new Waiting(
                pieces.subList(first.pieces.size(), pieces.size()), rows - first.rows, size - first.size, since);
    }

    /** The same, when all of it is in one piece. */
    Waiting in(long piece) {
        return new Waiting(List.of(piece), rows, size, since);
    }

    /** Adds it to a position under a name. */
    Position save(String name, Position position) {
        return position.with(name, ranges())
                .with(name + "-rows", rows)
                .with(name + "-size", size)
                .with(name + "-since", since);
    }

    static Waiting read(String name, Position saved) {
        return new Waiting(
                numbers(saved.text(name)),
                saved.number(name + "-rows"),
                saved.number(name + "-size"),
                saved.number(name + "-since"));
    }

    /** The numbers, such as {@code 3-40,42}: nearly all follow each other, and there may be thousands. */
    private String ranges() {
        StringBuilder text = new StringBuilder();
        for (int first = 0, next; first < pieces.size(); first = next) {
            next = first + 1;
            while (next < pieces.size() && pieces.get(next) == pieces.get(next - 1) + 1) {
                next++;
            }
            text.append(first == 0 ? "" : ",").append(pieces.get(first));
            if (next > first + 1) {
                text.append('-').append(pieces.get(next - 1));
            }
        }
        return text.toString();
    }

    private static List<Long> numbers(String ranges) {
        return Arrays.stream(ranges.split(",", -1))
                .filter(range -> !range.isEmpty())
                .flatMapToLong(range -> {
                    String[] ends = range.split("-", -1);
                    return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
                })
                .boxed()
                .toList();
    }
}
