package io.streamz.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** The inside of a pipeline: its nodes, its threads, and how it begins and ends. */
final class Engine implements Host {
    private final String name;
    private final Scheduler scheduler;
    private final List<Node<?, ?>> nodes = new CopyOnWriteArrayList<>();
    private final List<Node<?, ?>> roots = new CopyOnWriteArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final List<Consumer<? super StreamzException>> listeners = new CopyOnWriteArrayList<>();
    private volatile Budget budget;
    private volatile Health.State state = Health.State.NEW;
    private volatile StreamzException failure;
    private final Barrier barrier = new Barrier();
    private final AtomicInteger mails = new AtomicInteger();
    private final ToLongFunction<Object> rows;
    private volatile Checkpoints checkpoints;
    private volatile Checkpointer checkpointer;
    private volatile boolean doomed;
    private volatile Throwable notClosed;
    private boolean closed;

    /**
     * @param rows how many rows an item of a source is
     */
    Engine(String name, Scheduler scheduler, ToLongFunction<Object> rows) {
        this.name = name;
        this.scheduler = scheduler;
        this.rows = rows;
    }

    <T> Node<?, T> read(Source<? extends T> source) {
        var root = new RootNode<T>(name, new Segment(this, true), Shape.SOURCE);
        adopt(root);
        run(new SourceWorker<>(this, root, source));
        return root;
    }

    <T> Node<?, T> input() {
        var root = new RootNode<T>(name, new Segment(this, true), Shape.SOURCE);
        adopt(root);
        return root;
    }

    private void adopt(Node<?, ?> root) {
        roots.add(root);
        added(root);
        if (isOpen()) {
            root.start();
        }
    }

    // Life.

    synchronized void start() {
        if (state != Health.State.NEW) {
            return;
        }
        try {
            if (checkpoints != null) {
                checkpointer = new Checkpointer(this, checkpoints);
                workers.add(checkpointer);
                checkpointer.begin();
                checkpointer.requireSamePlan();
            }
            nodes.forEach(Node::start);
            if (checkpointer != null) {
                checkpointer.restore();
            }
        } catch (RuntimeException | Error e) {
            stop(Health.State.FAILED);
            done.completeExceptionally(e);
            throw e;
        }
        state = Health.State.RUNNING;
        workers.forEach(Worker::start);
    }

    /** Ends sources as if they had said that they have no more. */
    void end(Predicate<? super Source<?>> which) {
        sources().forEach(source -> source.endIf(which));
    }

    /** Called when a root or a worker has ended. */
    synchronized void check() {
        if (state == Health.State.RUNNING
                && workers.stream().noneMatch(worker -> worker.isBusy() && !worker.isService())
                && roots.stream().allMatch(Node::isOver)
                && nodes.stream().filter(Node::isBoundary).allMatch(Node::isOver)
                && nodes.stream().noneMatch(node -> node.endWaits)) {
            stop(Health.State.DONE);
            done.complete(null);
        }
    }

    @Override
    public void failed(StreamzException cause) {
        synchronized (this) {
            if (state != Health.State.RUNNING && state != Health.State.NEW) {
                return;
            }
            failure = cause;
            stop(Health.State.FAILED);
        }
        listeners.forEach(listener -> listener.accept(cause));
        done.completeExceptionally(cause);
    }

    void close(Duration patience) {
        Checkpointer last = checkpointer;
        if (last != null && state == Health.State.RUNNING && Visit.current().segment == null) {
            last.takeBeforeClose();
        }
        List<Worker> running;
        synchronized (this) {
            if (state == Health.State.NEW || state == Health.State.RUNNING) {
                stop(Health.State.CLOSED);
            }
            running = closed ? List.of() : List.copyOf(workers);
            closed = true;
        }
        try {
            Worker.awaitAll(running, patience, this::atWork);
        } finally {
            done.complete(null);
        }
        Throwable thrown = notClosed;
        notClosed = null;
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        } else if (thrown instanceof Error error) {
            throw error;
        }
    }

    /** The node whose code runs at this moment, for each segment that somebody is in. */
    private Map<Segment, Node<?, ?>> running() {
        var running = new LinkedHashMap<Segment, Node<?, ?>>();
        for (Node<?, ?> node : nodes) {
            Segment segment = node.segment;
            boolean noted = segment.at == node.number && !running.containsKey(segment);
            if (!segment.isFree() && (noted || node.isRunning())) {
                running.put(segment, node);
            }
        }
        return running;
    }

    private List<String> atWork() {
        return running().values().stream().map(node -> node.wiring.path()).toList();
    }

    private void stop(Health.State last) {
        state = last;
        workers.forEach(Worker::stop);
        barrier.close();
        scheduler.close();
        if (budget != null) {
            budget.close();
        }
        nodes.forEach(node -> Segment.betweenItems(node, false, () -> shut(node)));
    }

    /** What one node throws when it is closed keeps no other from being closed. */
    private void shut(Node<?, ?> node) {
        try {
            node.shut();
        } catch (RuntimeException | Error e) {
            StreamzException known = failure;
            if (known == null) {
                notClosed = e;
            } else if (known != e) {
                known.addSuppressed(e);
            }
        }
    }

    // Checkpoints.

    synchronized Checkpoints checkpoints(Path folder) {
        if (state != Health.State.NEW) {
            throw new PlanException(
                    "checkpoints", name, "checkpoints are set before '" + name + "' starts", "say so before start()");
        }
        checkpoints = new Checkpoints(folder);
        Wiring.changed();
        return checkpoints;
    }

    boolean makesCheckpoints() {
        return checkpoints != null;
    }

    /** The newest checkpoint that can be read, before anything is opened; the start says which ones cannot. */
    Optional<Checkpoint> saved() {
        return checkpoints == null || !Files.isDirectory(checkpoints.folder)
                ? Optional.empty()
                : Checkpoint.list(checkpoints.folder, damage -> {}).stream().findFirst();
    }

    Checkpoint checkpoint() {
        if (checkpointer == null || state != Health.State.RUNNING) {
            throw new StreamException(
                    "no-checkpoint",
                    name,
                    checkpoints == null ? "'" + name + "' makes no checkpoints" : "'" + name + "' does not run",
                    "say checkpoints(dir) before start(), and checkpoint() while it runs");
        }
        if (Visit.current().segment != null) {
            throw new StreamException(
                    "checkpoint-inside",
                    name,
                    "a checkpoint waits for all callbacks to return, so none can ask for one",
                    "ask from another thread");
        }
        Checkpoint made = checkpointer.take();
        if (made == null) {
            throw new StreamException("no-checkpoint", name, "'" + name + "' has ended", "");
        }
        return made;
    }

    Barrier barrier() {
        return barrier;
    }

    /** Something has failed that will stop the pipeline: its state is not to be saved any more. */
    void doom() {
        doomed = true;
    }

    /** Called while nothing moves. */
    void requireWhole() {
        if (doomed || state != Health.State.RUNNING) {
            throw new StreamException("no-checkpoint", name, "'" + name + "' has failed or ended", "");
        }
    }

    int mails() {
        return mails.get();
    }

    List<Node<?, ?>> nodes() {
        return nodes;
    }

    synchronized List<SourceWorker<?>> sources() {
        List<SourceWorker<?>> sources = new ArrayList<>();
        for (Worker worker : workers) {
            if (worker instanceof SourceWorker<?> source) {
                sources.add(source);
            }
        }
        return sources;
    }

    String whereAtWork() {
        List<String> places = atWork();
        return places.isEmpty() ? "" : " in " + String.join(", ", places);
    }

    @Override
    public void came(Object item) {
        Checkpointer counting = checkpointer;
        if (counting != null) {
            counting.came(rows.applyAsLong(item));
        }
    }

    /** Lets a source wait while a checkpoint is made. */
    void awaitCheckpoint() {
        if (barrier.isFull()) {
            barrier.await();
        }
    }

    /** A source has no more: when all have said so and nobody else can put anything in, the last checkpoint is made. */
    void atEnd(SourceWorker<?> source) {
        Checkpointer last = checkpointer;
        // One that had ended before the checkpoint that this run began with says nothing any more.
        boolean othersEnded = sources().stream()
                .allMatch(each -> each.isAtEnd() || each.root().isOver());
        Set<Node<?, ?>> read = new HashSet<>();
        sources().forEach(each -> read.add(each.root()));
        if (last != null && othersEnded && roots.stream().allMatch(root -> read.contains(root) || root.isOver())) {
            last.takeLast();
        }
    }

    @Override
    public void mail(int change) {
        mails.addAndGet(change);
    }

    /** Sources are held by other means; nothing but what users put in has to wait. */
    @Override
    public Gate barrier(Node<?, ?> node) {
        if (checkpoints == null || node.isBoundary()) {
            return null;
        }
        return sources().stream().anyMatch(source -> source.root() == node) ? null : barrier;
    }

    @Override
    public long epoch() {
        return checkpointer == null ? 0 : checkpointer.epoch();
    }

    @Override
    public boolean restores(String saved) {
        return checkpointer != null && state == Health.State.NEW && checkpointer.restores(saved);
    }

    synchronized void run(Worker worker) {
        workers.add(worker);
        if (state == Health.State.RUNNING) {
            worker.start();
        }
    }

    CompletionStage<Void> done() {
        return done.minimalCompletionStage();
    }

    void onFailure(Consumer<? super StreamzException> listener) {
        synchronized (this) {
            listeners.add(listener);
            if (failure == null) {
                return;
            }
        }
        listener.accept(failure);
    }

    Health health() {
        long bytes = nodes.stream().mapToLong(node -> node.memory).sum();
        int threads;
        synchronized (this) {
            threads = (int) workers.stream().filter(Worker::isBusy).count();
        }
        return new Health(state, failure, threads, bytes);
    }

    List<NodeMetrics> metrics() {
        return nodes.stream().map(Node::metrics).toList();
    }

    /** Looks again and again which node's code runs in each segment, and books the time between two looks to it. */
    void sampleBusyTime(Duration every) {
        scheduler.schedule(every, () -> {
            running().values().forEach(node -> node.busyNanos += every.toNanos());
            sampleBusyTime(every);
        });
    }

    void budget(long bytes, OverBudget policy) {
        budget = new Budget(name, bytes, policy, nodes);
        Wiring.changed();
    }

    // Host.

    @Override
    public Gate gate() {
        Budget now = budget;
        return now == null ? null : now.gate();
    }

    @Override
    public void held() {
        Budget now = budget;
        DataException exceeded = now == null ? null : now.exceeded();
        if (exceeded != null) {
            failed(exceeded); // whoever listens to failures of items could only hear the same of the next one
            throw exceeded;
        }
    }

    @Override
    public void ended(Node<?, ?> node) {
        if (node.isBoundary() || roots.contains(node)) {
            check();
        }
    }

    @Override
    public void unheard(Node<?, ?> root) {
        List<Worker> all;
        synchronized (this) {
            all = List.copyOf(workers);
        }
        for (Worker worker : all) {
            if (worker instanceof SourceWorker<?> source && source.reads(root)) {
                source.unheard();
            }
        }
    }

    @Override
    public StreamzException failure() {
        return failure;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InstantSource clock() {
        return scheduler;
    }

    @Override
    public Scheduler scheduler(String node) {
        return scheduler;
    }

    @Override
    public void require(String node) {}

    @Override
    public void sleep(Duration time) throws InterruptedException {
        scheduler.sleep(time);
    }

    @Override
    public boolean isOpen() {
        return state == Health.State.RUNNING;
    }

    @Override
    public void removed(Node<?, ?> node) {
        nodes.remove(node);
    }

    @Override
    public void added(Node<?, ?> node) {
        if (!nodes.contains(node)) {
            nodes.add(node);
        }
    }
}
