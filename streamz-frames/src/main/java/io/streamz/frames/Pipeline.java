package io.streamz.frames;

import io.streamz.core.Checkpoints;
import io.streamz.core.DataStream;
import io.streamz.core.Graph;
import io.streamz.core.Health;
import io.streamz.core.OverBudget;
import io.streamz.core.PlanException;
import io.streamz.core.Scheduler;
import io.streamz.core.Sink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A pipeline whose streams may be tables. Plans grow from {@link #read(FrameSource)} and {@link #input}; what is attached to
 * them runs from the start, or from the next batch on where the pipeline runs already. A step that two plans share runs once.
 *
 * <pre>{@code
 * try (var pipeline = Pipeline.create("trades")) {
 *     var trades = pipeline.read(Csv.read(path));
 *     trades.filter("price > 100").groupBy("symbol").agg("sum(qty), mean(price) as avg_price").show();
 *     pipeline.run();
 * }
 * }</pre>
 */
public final class Pipeline extends io.streamz.core.Pipeline {
    private final Set<String> names = new HashSet<>();
    private final Rejects rejects = new Rejects();
    private final RunningPlan plan = new RunningPlan(this, rejects);
    private final Scheduler scheduler;

    /** Where the rows of what was read come from. */
    private final Map<PlanNode, FrameSource> sources = new HashMap<>();

    private final List<QuietSource> quiets = new ArrayList<>();

    /** What was read while the pipeline ran: it waits for something that takes its rows. */
    private final Map<PlanNode, QuietSource> held = new HashMap<>();

    private Pipeline(String name, Scheduler scheduler) {
        super(name, scheduler, item -> item instanceof RecordBatch batch ? batch.rows() : 1);
        this.scheduler = scheduler;
    }

    /** A pipeline that runs on the system's time. */
    public static Pipeline create(String name) {
        return create(name, Scheduler.system(name));
    }

    /** A pipeline that runs on the given time; it closes the scheduler. */
    public static Pipeline create(String name, Scheduler scheduler) {
        return new Pipeline(name, scheduler);
    }

    /**
     * Says what becomes of an answer that does not fit its type, such as an int64 sum that is too large: {@link BadRows#FAIL},
     * the default, throws where it is asked for, {@link BadRows#SKIP} makes its cell null and tells {@link #onReject} once.
     */
    public Pipeline badRows(BadRows policy) {
        rejects.policy(policy);
        return this;
    }

    /** Is told of what {@link #badRows} leaves out, on the thread that asks for the answer. */
    public Pipeline onReject(Consumer<? super Reject> listener) {
        rejects.listener(listener);
        return this;
    }

    @Override
    public Pipeline memory(String size, OverBudget over) {
        super.memory(size, over);
        return this;
    }

    @Override
    public Pipeline memory(String size) {
        super.memory(size);
        return this;
    }

    /** {@link #checkpoints(Path)} in a folder, every so often: {@code checkpoints("state", "1s")}. */
    public Checkpoints checkpoints(String folder, String every) {
        return checkpoints(Path.of(folder)).every(Durations.onClock(Durations.parse(every, "every"), "every"));
    }

    /**
     * The rows of a source as a frame. Only the columns that something attached reads are read. A pipeline that goes on from a
     * checkpoint, which {@link #checkpoints} has named before, takes the columns from there. Where the pipeline runs already, the
     * reading begins when the first thing is attached.
     */
    public synchronized StreamFrame read(FrameSource given) {
        FrameSource source = knowing(given);
        RootNode root = new RootNode(unique(source.name()), source);
        Running running = new Running(root, rejects);
        // The source is given no name in the graph: the root step, which numbers its batches, has it.
        QuietSource quiet = QuietSource.of(source.open(running.wanted()));
        sources.put(root, given);
        quiets.add(quiet);
        if (health().state() == Health.State.RUNNING) {
            quiet.hold();
            held.put(root, quiet);
        }
        running.source(quiet);
        running.stream(saved(
                root,
                read(quiet)
                        .saved(root.label(), "source", source.schema().saved())
                        .pipe(root.label(), running::open)));
        add(running);
        return new StreamFrame(this, root);
    }

    /** {@inheritDoc} A table that is joined and read whole is read to its end first: rows wait for it. */
    @Override
    public synchronized void end() {
        end(source -> !(source instanceof QuietSource));
        quiets.forEach(QuietSource::end);
    }

    /** Reads again what was read. */
    synchronized StreamFrame again(PlanNode node) {
        FrameSource source = sources.get(node);
        if (source == null) {
            throw new PlanException(
                    "no-source",
                    node.path(),
                    node.path() + " is no frame that was read",
                    "say fromStart() behind read, and the steps behind it; rows of an input come once");
        }
        if (!source.replays()) {
            throw new PlanException(
                    "read-twice",
                    node.path(),
                    source.name() + " gives its rows once",
                    "a file can be read from the start again; branch the frame to have what comes from now on");
        }
        return read(source);
    }

    /** Something takes the rows of a step: what it reads may begin. */
    private void begin(Running step) {
        if (held.isEmpty()) {
            return;
        }
        QuietSource source = held.remove(step.node());
        if (source != null) {
            source.letGo();
        }
        step.inputs().forEach(this::begin);
    }

    /** Whether a source has been read from already, so that who comes now misses its first rows. */
    boolean hasBegun(PlanNode root) {
        return health().state() == Health.State.RUNNING && sources.containsKey(root) && !held.containsKey(root);
    }

    private FrameSource knowing(FrameSource source) {
        return saved().flatMap(checkpoint -> checkpoint.sources().stream()
                        .filter(each -> each.name().equals(source.name()))
                        .findFirst())
                .map(each -> Schema.ofSaved(each.plan()))
                .map(source::knowing)
                .orElse(source);
    }

    /**
     * A frame that is fed with records: a column per component.
     *
     * @throws PlanException when the class is no record or a component is no column
     */
    public <T> RecordInput<T> input(Class<T> type) {
        RecordShape shape = RecordShape.of(type);
        RootNode root = root(type.getSimpleName(), shape.schema());
        return new RecordInput<>(this, new Running(root, rejects), () -> RecordWriter.of(shape), stream(type));
    }

    /**
     * A frame that is fed with maps: a value per column as {@link Row#value(String)} gives it, null where there is none.
     *
     * @param name the name of the table in messages and plans
     */
    public RecordInput<Map<String, ?>> input(String name, Schema schema) {
        return from(name, schema, maps(stream(Map.class)));
    }

    /** A stream of maps as a frame, a value per column. */
    public StreamFrame frame(String name, Schema schema, DataStream<? extends Map<String, ?>> rows) {
        return from(name, schema, maps(rows)).frame();
    }

    @SuppressWarnings("unchecked") // nothing is emitted into it but maps of columns
    private static DataStream<Map<String, ?>> maps(DataStream<?> rows) {
        return (DataStream<Map<String, ?>>) rows;
    }

    private RecordInput<Map<String, ?>> from(String name, Schema schema, DataStream<Map<String, ?>> rows) {
        return new RecordInput<>(this, new Running(root(name, schema), rejects), () -> new MapWriter(schema), rows);
    }

    /** A stream of records as a frame: a column per component. */
    public <T> StreamFrame frame(DataStream<T> records, Class<T> type) {
        RecordShape shape = RecordShape.of(type);
        RootNode root = root(type.getSimpleName(), shape.schema());
        return new RecordInput<>(this, new Running(root, rejects), () -> RecordWriter.of(shape), records).frame();
    }

    private RootNode root(String wanted, Schema schema) {
        return new RootNode(unique(wanted), schema);
    }

    private synchronized String unique(String wanted) {
        String name = wanted;
        for (int number = 2; !names.add(name); number++) {
            name = wanted + "_" + number;
        }
        return name;
    }

    synchronized void add(Running root) {
        plan.add(root);
    }

    /** Attaches something to a step's output that reads these columns. */
    synchronized <R> R attached(
            PlanNode node, Collection<String> columns, Function<DataStream<RecordBatch>, R> attachment) {
        Running running = plan.running(node, columns);
        running.wanted().addRows(null);
        running.want(TableOperator.CHANGES);
        R attached = attachment.apply(running.stream());
        begin(running);
        running.use();
        if (attached instanceof Sink sink) {
            onClose(sink, () -> leave(running));
        } else if (attached instanceof DataStream<?> stream && stream != running.stream()) {
            onDestroy(stream, () -> leave(running));
        }
        return attached;
    }

    private synchronized void leave(Running running) {
        plan.leave(running);
    }

    boolean keepsState() {
        return makesCheckpoints();
    }

    /** For what has no end before that of the pipeline. */
    private Running held(PlanNode node) {
        Running running = plan.running(node, node.schema().names());
        running.use();
        return running;
    }

    /** Does something between two batches of a step. */
    void between(Running step, Runnable task) {
        betweenItems(step.stream(), task);
    }

    /** The state of a step is kept under the name of its plan. */
    synchronized DataStream<RecordBatch> saved(PlanNode node, DataStream<RecordBatch> stream) {
        return plan.saved(node, stream);
    }

    synchronized <T> DataStream<T> saved(String name, String kind, PlanNode node, DataStream<T> stream) {
        return plan.saved(name, kind, node, stream);
    }

    synchronized View view(TableNode node) {
        Running running = held(node);
        View view = new View(this, running);
        begin(running);
        return view;
    }

    synchronized DataStream<Table> snapshots(TableNode node) {
        Running running = held(node);
        running.want(TableOperator.SNAPSHOTS);
        begin(running);
        return running.stream().side(TableOperator.SNAPSHOTS, Table.class);
    }

    /** After each batch the rows of a window, kept over a restart. */
    synchronized DataStream<Table> content(PlanNode node, Latest window) {
        Schema schema = node.schema();
        Running running = held(node);
        DataStream<Table> tables =
                running.stream().pipe("full", () -> new ContentOperator(schema, window.content(node)));
        begin(running);
        return saved(node.identity() + " window(" + window + ")", "content", node, tables);
    }

    /** The numbers of the batches that change a table. */
    synchronized DataStream<Long> changed(Running running) {
        running.want(TableOperator.CHANGED);
        return running.stream().side(TableOperator.CHANGED, Long.class);
    }

    /** What has changed since a slow reader last looked, on a thread of its own. */
    synchronized DataStream<Table> conflated(TableNode node) {
        Running running = held(node);
        begin(running);
        return changed(running).latest().pipe("conflated", () -> new ConflateOperator(node, running::keyed));
    }

    synchronized void atEnd(TableNode node, FrameSink sink) {
        Running running = held(node);
        running.stream().pipe("sink", () -> new EndSinkOperator(node.schema(), running::table, sink));
        begin(running);
    }

    synchronized void show(TableNode node) {
        Running running = held(node);
        boolean terminal = ShowOperator.isTerminal(System.console());
        running.stream().pipe("show", () -> new ShowOperator(running::table, System.out, terminal));
        begin(running);
    }

    void show(StreamFrame frame) {
        NewestRows newest = new NewestRows(frame.schema());
        frame.sinkBatches(newest);
        boolean terminal = ShowOperator.isTerminal(System.console());
        attached(
                frame.node(),
                List.of(),
                stream -> stream.pipe("show", () -> new ShowOperator(newest::table, System.out, terminal)));
    }

    /** The steps of a plan with what went through them. */
    synchronized Graph graph(PlanNode node) {
        return PlanStep.of(node, plan).graph();
    }

    /** What went through each step of the frames that run here, those before it first. */
    public List<StepMetrics> steps() {
        return plan.ordered().stream().map(Running::metrics).toList();
    }

    /**
     * Tells how the pipeline gets on: when it has begun, every so long while it runs, and when it has ended or failed. Told on the
     * pipeline's timer thread, which a listener must not hold up; on the thread that ends it at the end.
     *
     * @param every how often, such as {@code 1s}
     */
    public Pipeline onProgress(String every, Consumer<? super FrameProgress> listener) {
        return onProgress(Durations.parse(every, "onProgress"), listener);
    }

    /** {@link #onProgress(String, Consumer)}. */
    public Pipeline onProgress(Duration every, Consumer<? super FrameProgress> listener) {
        new ProgressWatch(this, scheduler, Durations.onClock(every, "onProgress"), listener).begin();
        return this;
    }

    /** Why a step gives no rows, in one sentence. */
    synchronized String whyNoOutput(PlanNode node) {
        return NoOutput.of(PlanStep.of(node, plan));
    }

    /** What runs for a step, one line each: its label, its state and what bounds it, its bytes, its rows. */
    synchronized String explain(PlanNode node) {
        return PlanStep.of(node, plan).explain();
    }
}
