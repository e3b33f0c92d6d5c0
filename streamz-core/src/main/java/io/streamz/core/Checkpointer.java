package io.streamz.core;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/** Makes checkpoints: when it is time, when enough rows have come, when it is asked, and a last one at the end. */
final class Checkpointer extends Worker {
    /** The number of the checkpoint in which nothing has been read. */
    static final long BEGIN = 0;

    private static final Duration LAST_PATIENCE = Duration.ofSeconds(1);

    private final Engine engine;
    private final Checkpoints options;
    private final CheckpointStore store;
    private final Semaphore signals = new Semaphore(0);
    private final AtomicLong rows = new AtomicLong();
    private final ReentrantLock taking = new ReentrantLock();
    private volatile long epoch;
    private volatile Restored restored;
    private boolean last;

    Checkpointer(Engine engine, Checkpoints options) {
        super(engine, "checkpoints");
        this.engine = engine;
        this.options = options;
        this.store = new CheckpointStore(options.folder);
    }

    /** Opens the folder and looks for what to restore. */
    void begin() {
        store.open();
        Checkpoint newest = store.newest(options::warn);
        restored = newest == null ? null : new Restored(newest, store, options.plan);
        epoch = Math.max(store.newestNumber(), newest == null ? BEGIN : newest.number()) + 1;
        SavedNodes.requirePositions(engine.sources());
        if (newest == null) {
            takeFirst();
        }
    }

    /** Sees that what is there is of the same plan, before anything of it opens what it writes to. */
    void requireSamePlan() {
        if (restored != null) {
            restored.requireSamePlan(engine.sources());
        }
    }

    boolean restores(String name) {
        return restored != null && restored.has(name);
    }

    /** Gives the state back to nodes and sources that are open but have not begun. */
    void restore() {
        Map<String, Node<?, ?>> nodes = SavedNodes.of(engine.nodes());
        if (restored != null) {
            restored.into(engine, nodes);
        }
        schedule();
    }

    private void schedule() {
        if (options.interval != null) {
            engine.scheduler("checkpoints").schedule(options.interval, () -> {
                signals.release();
                schedule();
            });
        }
    }

    long epoch() {
        return epoch;
    }

    /** Rows have come from a source. */
    void came(long count) {
        if (options.rows != Long.MAX_VALUE && rows.addAndGet(count) >= options.rows) {
            rows.set(0);
            signals.release();
        }
    }

    @Override
    boolean isService() {
        return true;
    }

    @Override
    void work() throws InterruptedException {
        while (true) {
            signals.acquire();
            signals.drainPermits();
            if (isStopping()) {
                return;
            }
            attempt(options.patience, false);
        }
    }

    /**
     * The first one, number 0, before anything is opened, where a source says already where it begins: what is written and moved
     * away before there is a later one is found again by that. It holds positions alone, since there is no state yet: so it fits
     * whatever plan is tried next.
     */
    private void takeFirst() {
        if (engine.sources().stream().noneMatch(SourceWorker::knowsBegin)) {
            return;
        }
        try {
            commit(BEGIN, draft -> {
                StateWriter out = new StateWriter(draft);
                List<Checkpoint.SourcePosition> positions = positions(out);
                out.close();
                return checkpoint(BEGIN, Duration.ZERO, draft, positions, List.of());
            });
        } catch (StreamzException e) {
            options.warn(e);
        }
    }

    /** The last one before everything ends: what comes at the end of input is not part of it, so that more can be read later. */
    void takeLast() {
        attempt(options.patience, true);
    }

    /** The last one before a pipeline is closed that could go on. */
    void takeBeforeClose() {
        attempt(LAST_PATIENCE.compareTo(options.patience) < 0 ? LAST_PATIENCE : options.patience, true);
    }

    private void attempt(Duration patience, boolean isLast) {
        try {
            take(patience, isLast);
        } catch (StreamzException e) {
            options.warn(e);
        }
    }

    /** Makes one; null where the last one was made already. */
    Checkpoint take(Duration patience, boolean isLast) {
        taking.lock();
        try {
            if (last) {
                return null;
            }
            Checkpoint made = make(patience);
            last = isLast;
            return made;
        } finally {
            taking.unlock();
        }
    }

    Checkpoint take() {
        return take(options.patience, false);
    }

    /** Once it is there sinks may show what it holds, so nothing that fails after that takes it back. */
    private Checkpoint make(Duration patience) {
        Checkpoint made = null;
        try {
            made = commit(epoch, draft -> write(draft, patience));
        } finally {
            tell(made);
        }
        prune();
        return made;
    }

    /** Writes everything that a checkpoint is made of. */
    private interface Writing {
        Checkpoint write(CheckpointStore.Draft draft) throws IOException;
    }

    private Checkpoint commit(long number, Writing writing) {
        CheckpointStore.Draft draft = null;
        try {
            draft = store.draft(number);
            Checkpoint made = writing.write(draft);
            draft.commit(made);
            return made;
        } catch (IOException e) {
            if (draft != null) {
                draft.discard();
            }
            throw store.failed("cannot be written", e);
        } catch (RuntimeException | Error e) {
            if (draft != null) {
                draft.discard();
            }
            throw e;
        }
    }

    /** What stays is tried again behind the next one. */
    private void prune() {
        try {
            store.prune(options.kept);
        } catch (IOException e) {
            options.warn(store.staying(e));
        } catch (DataException e) {
            options.warn(e);
        }
    }

    /** Writes everything as it stands at one moment. */
    private Checkpoint write(CheckpointStore.Draft draft, Duration patience) throws IOException {
        long number = epoch;
        List<Checkpoint.SourcePosition> positions;
        List<Checkpoint.State> states = new ArrayList<>();
        long begin = System.nanoTime();
        try (Standstill still = Standstill.of(engine, patience)) {
            still.requireWhole();
            epoch = number + 1;
            StateWriter out = new StateWriter(draft);
            positions = positions(out);
            for (Map.Entry<String, Node<?, ?>> entry :
                    SavedNodes.of(engine.nodes()).entrySet()) {
                Node<?, ?> node = entry.getValue();
                node.isUndecided = node.saved != null && !node.isOver() && node.awaitsCommitted();
                states.add(write(entry.getKey(), node, draft, out));
            }
            out.close();
        }
        Duration pause = Duration.ofNanos(System.nanoTime() - begin);
        return checkpoint(number, pause, draft, positions, states);
    }

    private List<Checkpoint.SourcePosition> positions(StateWriter out) throws IOException {
        List<Checkpoint.SourcePosition> positions = new ArrayList<>();
        for (SourceWorker<?> source : engine.sources()) {
            String position = saved(source.path(), () -> source.write(out));
            positions.add(new Checkpoint.SourcePosition(source.savedName(), source.plan(), position));
        }
        return positions;
    }

    private Checkpoint checkpoint(
            long number,
            Duration pause,
            CheckpointStore.Draft draft,
            List<Checkpoint.SourcePosition> positions,
            List<Checkpoint.State> states) {
        Instant now = engine.clock().instant();
        return new Checkpoint(
                engine.name(), options.plan, number, now, pause, draft.bytes(), draft.checksum(), positions, states);
    }

    private static Checkpoint.State write(String name, Node<?, ?> node, CheckpointStore.Draft draft, StateWriter out)
            throws IOException {
        long before = draft.bytes();
        int version = node.stateVersion();
        boolean isOver = node.isOver();
        out.section(Restored.NODE + name, version, section -> {
            section.writeBoolean(isOver);
            section.writeLong(node.watermark);
            if (!isOver) {
                saved(node.wiring.path(), () -> {
                    node.write(section);
                    return null;
                });
            }
        });
        return new Checkpoint.State(
                name,
                node.saved == null ? node.name : node.saved.kind(),
                node.saved == null ? node.wiring.path() : node.saved.plan(),
                version,
                isOver ? -1 : node.keys(),
                draft.bytes() - before);
    }

    /** What writes a state. */
    private interface Saving<T> {
        T save() throws IOException;
    }

    /** A bug in what saves its state gives the checkpoint up, and no more: the state itself is not touched by it. */
    private static <T> T saved(String path, Saving<T> saving) throws IOException {
        try {
            return saving.save();
        } catch (StreamzException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StreamException(
                    "save-failed",
                    path,
                    path + " cannot save its state: " + e,
                    "the checkpoint was given up; the next one is tried in its time",
                    e);
        }
    }

    /** Tells those whose state it has that a checkpoint is there; or, where it is null, lets them end without it. */
    private void tell(Checkpoint made) {
        for (Node<?, ?> node : engine.nodes()) {
            if (node.isUndecided) {
                Segment.betweenItems(node, false, () -> tell(node, made));
            }
        }
    }

    private void tell(Node<?, ?> node, Checkpoint made) {
        node.isUndecided = false;
        if (made != null) {
            commit(node, made.number());
        }
        if (node.endWaits) {
            node.endWaits = false;
            node.finish();
            engine.check();
        }
    }

    private void commit(Node<?, ?> node, long number) {
        try {
            if (!node.isOver()) {
                node.committed(number);
            }
        } catch (IOException | RuntimeException e) {
            options.warn(
                    e instanceof StreamzException known
                            ? known
                            : new StreamException(
                                    "commit-failed",
                                    node.wiring.path(),
                                    "'" + node.name + "' cannot make visible what checkpoint " + number + " holds: "
                                            + e,
                                    "it is tried again with the next one",
                                    e));
        }
    }

    @Override
    void wake() {
        signals.release();
    }

    @Override
    void release() {
        taking.lock();
        try {
            last = true;
            store.close();
        } finally {
            taking.unlock();
        }
    }
}
