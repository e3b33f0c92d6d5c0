package io.streamz.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row, run. First every contestant's answer is compared with the first one's; then they run in turn, A B C A B C ..., so
 * that whatever slows the machine for a while slows all of them.
 */
final class Race {
    /** A measurement shorter than this is repeated until it is not. */
    private static final long SHORTEST_NANOS = 20_000_000;

    private static final int FEWEST_ROUNDS = 3;

    /** What a contestant needed for the job in each round, and the garbage it made in a job, -1 where unknown. */
    record Standing(String name, List<Double> nanos, double bytes, double elsewhere) {}

    /** All standings of a row, ours first. */
    record Result(Row row, int rows, List<Standing> standings) {}

    /** A contestant came to another answer, so times would compare different work. */
    static final class WrongAnswer extends Exception {
        private static final long serialVersionUID = 1;

        WrongAnswer(String message) {
            super(message);
        }
    }

    private final Options options;
    private final List<Peer> peers;

    Race(Options options, List<Peer> peers) {
        this.options = options;
        this.peers = peers;
    }

    /** Runs a row; empty where the first peer, ourselves, has no way to do the job. */
    Optional<Result> run(Row row, Data data) throws Exception {
        Map<String, Contestant> contestants = new LinkedHashMap<>();
        try {
            for (Peer peer : peers) {
                Optional<Contestant> contestant = peer.enter(row.job(), data);
                if (contestant.isEmpty() && contestants.isEmpty()) {
                    return Optional.empty();
                }
                contestant.ifPresent(entered -> contestants.put(peer.name(), entered));
            }
            compare(row, contestants);
            return Optional.of(new Result(row, data.rows(), measure(contestants)));
        } finally {
            for (Contestant contestant : contestants.values()) {
                contestant.close();
            }
        }
    }

    private static void compare(Row row, Map<String, Contestant> contestants) throws Exception {
        String first = null;
        Answer expected = null;
        for (var entry : contestants.entrySet()) {
            Answer answer = entry.getValue().answer();
            if (first == null) {
                first = entry.getKey();
                expected = answer;
                continue;
            }
            String difference = expected.difference(answer);
            if (difference != null) {
                throw new WrongAnswer(row.name() + ": " + first + " and " + entry.getKey() + " give different answers: "
                        + difference);
            }
        }
    }

    private List<Standing> measure(Map<String, Contestant> contestants) throws Exception {
        List<Entry> entries = new ArrayList<>();
        for (var entry : contestants.entrySet()) {
            entries.add(new Entry(entry.getKey(), entry.getValue()));
        }
        for (Entry entry : entries) {
            entry.warmUp(options.warmUpNanos());
        }
        System.gc();
        long end = System.nanoTime() + options.rowNanos();
        for (int round = 0; round < options.rounds(); round++) {
            if (round >= FEWEST_ROUNDS && System.nanoTime() > end) {
                break;
            }
            for (Entry entry : entries) {
                entry.round();
            }
        }
        return entries.stream().map(Entry::standing).toList();
    }

    private static final class Entry {
        private final String name;
        private final Contestant contestant;
        private final List<Double> nanos = new ArrayList<>();
        private int times = 1;
        private double bytes;
        private double elsewhere;

        Entry(String name, Contestant contestant) {
            this.name = name;
            this.contestant = contestant;
        }

        /** Runs until compilers have had time enough, and finds how often to run for one measurement. */
        void warmUp(long enough) throws Exception {
            long used = 0;
            long shortest = Long.MAX_VALUE;
            do {
                Contestant.Timing timing = contestant.run(1);
                used += Math.max(1, timing.nanos());
                shortest = Math.min(shortest, Math.max(1, timing.nanos()));
            } while (used < enough);
            times = enough == 0 ? 1 : (int) Math.max(1, Math.min(1000, SHORTEST_NANOS / shortest));
        }

        void round() throws Exception {
            Contestant.Timing timing = contestant.run(times);
            nanos.add((double) timing.nanos() / times);
            bytes = (double) timing.bytes() / times;
            elsewhere = (double) timing.elsewhere() / Math.max(1, timing.nanos());
        }

        Standing standing() {
            return new Standing(name, List.copyOf(nanos), bytes, elsewhere);
        }
    }
}
