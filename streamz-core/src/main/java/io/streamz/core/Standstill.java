package io.streamz.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A moment in which nothing moves: sources stand between two polls, nothing is in a queue or on its way between segments, and
 * all segments are locked. This is the one place where a thread holds several segments; whoever holds one never waits for
 * another, so that cannot lock up. What does not come to rest in time ends the attempt.
 */
final class Standstill implements AutoCloseable {
    private static final long SHORTEST = 20_000; // nanoseconds
    private static final long LONGEST = 1_000_000;

    private final Engine engine;
    private final long deadline;
    private final Duration patience;
    private final List<SourceWorker<?>> sources = new ArrayList<>();
    private final List<Segment> segments = new ArrayList<>();

    private Standstill(Engine engine, Duration patience) {
        this.engine = engine;
        this.patience = patience;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /**
     * Brings everything to rest.
     *
     * @throws StreamException when that takes longer than the patience; everything goes on then
     */
    static Standstill of(Engine engine, Duration patience) {
        Standstill still = new Standstill(engine, patience);
        engine.barrier().lower();
        try {
            still.stopSources();
            still.drain();
            return still;
        } catch (InterruptedException e) {
            still.close();
            Thread.currentThread().interrupt();
            throw new StreamException("interrupted", engine.name(), "interrupted while a checkpoint was made", "", e);
        } catch (RuntimeException | Error e) {
            still.close();
            throw e;
        }
    }

    private void stopSources() throws InterruptedException {
        for (SourceWorker<?> source : engine.sources()) {
            if (!source.hold(left())) {
                throw restless(source.path() + " is still being polled");
            }
            sources.add(source);
        }
    }

    private void drain() throws InterruptedException {
        for (long wait = SHORTEST; ; wait = Math.min(2 * wait, LONGEST)) {
            Set<Segment> all = all();
            for (Segment segment : all) {
                if (!segment.freeze(left())) {
                    throw restless("something is still at work" + engine.whereAtWork());
                }
                segments.add(segment);
            }
            if (all.equals(all()) && isQuiet()) {
                return;
            }
            thaw();
            if (left() == 0) {
                String busy = engine.nodes().stream()
                        .filter(node -> !node.isDrained())
                        .map(node -> node.wiring.path())
                        .collect(Collectors.joining(", "));
                throw restless(busy.isEmpty() ? "items are on their way" : "items wait in " + busy);
            }
            LockSupport.parkNanos(wait);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private Set<Segment> all() {
        Set<Segment> all = new LinkedHashSet<>();
        for (Node<?, ?> node : engine.nodes()) {
            all.add(node.segment);
            all.add(node.behind);
        }
        return all;
    }

    private boolean isQuiet() {
        return engine.mails() == 0
                && segments.stream().noneMatch(Segment::hasTasks)
                && engine.nodes().stream().allMatch(Node::isDrained);
    }

    private void thaw() {
        segments.forEach(Segment::thaw);
        List<Segment> left = List.copyOf(segments);
        segments.clear();
        left.forEach(Segment::runLeft);
    }

    /**
     * Sees that the state is one to go on from.
     *
     * @throws StreamException when something has failed, perhaps in the middle of an item
     */
    void requireWhole() {
        engine.requireWhole();
    }

    private long left() {
        return Math.max(0, deadline - System.nanoTime());
    }

    private StreamException restless(String why) {
        return new StreamException(
                "checkpoint-timeout",
                engine.name(),
                "a checkpoint of '" + engine.name() + "' was given up after " + patience + ": " + why,
                "the next one is tried in its time; checkpoints(dir).patience(time) waits longer");
    }

    /** Everything goes on. */
    @Override
    public void close() {
        engine.barrier().raise();
        thaw();
        sources.forEach(SourceWorker::letGo);
        sources.clear();
    }
}
