package io.streamz.frames;

import io.streamz.core.DataStream;
import io.streamz.core.PlanException;
import io.streamz.core.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A table that rows are appended to. Immutable: each method gives a new frame, a further step of the plan, and checks names
 * and types at once. Nothing runs for a frame until something is attached to it: a sink, a view, a stream.
 *
 * <p>Whatever takes an expression takes its text too. A row keeps its place: steps neither reorder rows nor depend on how rows
 * were cut into batches.
 */
public final class StreamFrame extends FrameSteps {
    private static final int PLOTTED = 10_000;

    private final Pipeline pipeline;
    private final PlanNode node;

    StreamFrame(Pipeline pipeline, PlanNode node) {
        super(pipeline, node);
        this.pipeline = pipeline;
        this.node = node;
    }

    /** The columns. */
    public Schema schema() {
        return node.schema();
    }

    /**
     * The rows for which the condition is true; null is not true.
     *
     * @throws PlanException when a column is not there or the expression is no condition
     */
    public StreamFrame filter(Expr condition) {
        Lowered lowered = Lowered.of(node, List.of(condition));
        FilterNode kept = FilterNode.of(lowered.input(), lowered.columns().get(0));
        return lowered.input() == node
                ? next(kept)
                : next(ProjectNode.of(
                        kept,
                        "select(" + String.join(", ", schema().names()) + ")",
                        schema().names(),
                        schema().names().stream().map(Frames::col).toList()));
    }

    /** {@link #filter(Expr)} with the text of an expression, such as {@code price > 100 and symbol in ('A', 'B')}. */
    public StreamFrame filter(String condition) {
        return filter(Expr.parse(condition));
    }

    /** The columns and one more, at the end; a column of that name is replaced in its place. */
    public StreamFrame assign(String name, Expr value) {
        Objects.requireNonNull(name, "name");
        Map<String, Expr> columns = columns(schema().names());
        columns.put(name, value);
        return project("assign(" + name + " = " + value + ")", columns);
    }

    /** {@link #assign(String, Expr)} with the text of an expression. */
    public StreamFrame assign(String name, String value) {
        return assign(name, Expr.parse(value));
    }

    /** {@link #assign(String, Expr)} of several expressions with names; a later one may use an earlier one. */
    public StreamFrame assign(Expr... values) {
        Map<String, Expr> columns = columns(schema().names());
        Set<String> made = new HashSet<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i].columns().stream().anyMatch(made::contains)) {
                return assign(Arrays.copyOf(values, i)).assign(Arrays.copyOfRange(values, i, values.length));
            }
            made.add(named(values[i]));
            columns.put(named(values[i]), values[i]);
        }
        return project(
                "assign("
                        + String.join(
                                ", ", Arrays.stream(values).map(Expr::toString).toList()) + ")",
                columns);
    }

    /** These columns in this order. Each is a name, in backticks where it is no identifier, or an expression with a name: {@code price * qty as notional}. */
    public StreamFrame select(String... columns) {
        return select(Arrays.stream(columns)
                .map(column -> Expr.columnOrParsed(column, schema(), node.path()))
                .toArray(Expr[]::new));
    }

    /** These columns in this order; what is no column of the frame needs a name ({@link Expr#as}). */
    public StreamFrame select(Expr... columns) {
        List<String> names = new ArrayList<>();
        for (Expr column : columns) {
            names.add(named(column));
        }
        String label = "select("
                + String.join(", ", Arrays.stream(columns).map(Expr::toString).toList()) + ")";
        return project(label, names, List.of(columns));
    }

    private String named(Expr column) {
        return column.name()
                .orElseThrow(() -> new PlanException(
                        "unnamed-column",
                        node.path(),
                        "the expression " + column + " has no name",
                        "give it one: (" + column + ").as(\"name\")"));
    }

    private StreamFrame project(String label, List<String> names, List<Expr> columns) {
        Lowered lowered = Lowered.of(node, columns);
        return next(ProjectNode.of(lowered.input(), label, names, lowered.columns()));
    }

    /** All columns but these. */
    public StreamFrame drop(String... names) {
        Map<String, Expr> columns = columns(schema().names());
        for (String name : names) {
            schema().column(name, node.path());
            columns.remove(name);
        }
        return project("drop(" + String.join(", ", names) + ")", columns);
    }

    /** The same columns, one of them under another name. */
    public StreamFrame rename(String from, String to) {
        int place = schema().column(from, node.path());
        List<String> names = new ArrayList<>(schema().names());
        names.set(place, Objects.requireNonNull(to, "to"));
        List<Expr> columns = schema().names().stream().map(Frames::col).toList();
        return next(ProjectNode.of(node, "rename(" + from + " to " + to + ")", names, columns));
    }

    /**
     * The rows of what was read from the first one on, whenever this is called: what is attached to a pipeline that runs sees the
     * rows from now on, and through this frame all of them, as far as they have come and those that will. It is read once more, on
     * its own; it begins with the first thing that is attached to it, a sink or a view: a stream of objects is such a thing, and has
     * no rows that came before its own sink.
     *
     * @throws PlanException when this is not the frame that {@link Pipeline#read} gave, or its source gives its rows only once
     */
    public StreamFrame fromStart() {
        return pipeline.again(node);
    }

    /**
     * Says which column, a timestamp or a date, is the time at which rows happened. It goes on through steps that keep the
     * column. Unless {@link #outOfOrder} follows, a row before the newest is late. A row without a time is a bad row.
     *
     * @throws PlanException when the column is not there or holds no points in time
     */
    public StreamFrame eventTime(String column) {
        return next(EventTimeNode.of(node, Objects.requireNonNull(column, "column")));
    }

    /**
     * Directly behind {@link #eventTime}: how far a row may lie behind the newest one and not be late. The watermark is the
     * largest time seen less this.
     */
    public StreamFrame outOfOrder(Duration bound) {
        return next(eventTimeStep("outOfOrder").outOfOrder(bound));
    }

    /** {@link #outOfOrder(Duration)} from text such as {@code 5s}. */
    public StreamFrame outOfOrder(String bound) {
        return outOfOrder(Durations.parse(bound, "outOfOrder"));
    }

    /**
     * Directly behind {@link #eventTime}: how long this input may be silent, while its source says that it has nothing more, before
     * others that are joined with it do not wait for it.
     */
    public StreamFrame idleAfter(Duration silence) {
        return next(eventTimeStep("idleAfter").idleAfter(silence));
    }

    /** {@link #idleAfter(Duration)} from text such as {@code 1m}. */
    public StreamFrame idleAfter(String silence) {
        return idleAfter(Durations.parse(silence, "idleAfter"));
    }

    /**
     * Directly behind {@link #eventTime}, in place of {@link #outOfOrder}: a watermark of one's own. After each row it is the
     * largest value of the expression so far; null leaves it where it is.
     */
    public StreamFrame watermark(Expr expression) {
        return next(eventTimeStep("watermark").watermark(expression));
    }

    /** {@link #watermark(Expr)} with the text of an expression, such as {@code sent - duration '5s'}. */
    public StreamFrame watermark(String expression) {
        return watermark(Expr.parse(expression));
    }

    private EventTimeNode eventTimeStep(String method) {
        if (node instanceof EventTimeNode step) {
            return step;
        }
        throw new PlanException(
                "no-event-time",
                node.path(),
                method + " stands directly behind eventTime",
                "say eventTime(\"time\")." + method + "(...)");
    }

    /**
     * The rows that were late where this frame was made, with the columns they had when they came there: those of the last
     * window, or step that goes by time.
     *
     * @throws PlanException when there is no such step
     */
    public StreamFrame late() {
        return next(LateNode.of(node));
    }

    /** The rows in the order of their event times, equal times as they came: a row waits until the watermark reaches it. */
    public StreamFrame inOrder() {
        return next(InOrderNode.of(node, EventTime.of(node, "inOrder")));
    }

    /** The newest rows, as {@code window(rows(1000))} or {@code window(time("5m"))}: a current answer after each batch. */
    public WindowedFrame window(Latest window) {
        return new WindowedFrame(pipeline, node, window, List.of(), false, false);
    }

    /** Intervals of rows, as {@code window(tumbling("1m").on("time"))}, with a final answer for each. */
    public PanedFrame window(PaneWindow window) {
        return new PanedFrame(pipeline, node, window, List.of(), false);
    }

    @Override
    Grouping rows() {
        return Grouping.of(pipeline, node, List.of(), false);
    }

    /**
     * Begins a join with the rows of a frame that ends, such as a file: they are kept as a table, and the first row is answered
     * when the table is whole.
     */
    public Join join(StreamFrame table) {
        return new Join(pipeline, node, sameRun(table.pipeline, "join", table.node), List.of(), false);
    }

    /**
     * Begins a join with the rows of a live table as they stand when a row comes, by the table's keys: the latest value of each key.
     * Where the table is made of rows of this frame, or of one that this is made of too, each row has the answer over the rows up to
     * it and with it ({@link Join#before}: without it), in the order in which rows are processed and however they were cut; both
     * sides are then brought up to each row on their own.
     */
    public Join join(LiveTable table) {
        return new Join(pipeline, node, sameRun(table.pipeline(), "join", table.node()), List.of(), false);
    }

    /** Begins a join of each row with the one of another frame that is nearest in time. */
    public AsOfJoin joinAsOf(StreamFrame right) {
        return new AsOfJoin(pipeline, node, sameRun(right.pipeline, "joinAsOf", right.node));
    }

    /** Begins a join of each row with those of another frame within an interval around its time. */
    public IntervalJoin joinInterval(StreamFrame right) {
        return new IntervalJoin(pipeline, node, sameRun(right.pipeline, "joinInterval", right.node));
    }

    private PlanNode sameRun(Pipeline other, String join, PlanNode right) {
        if (other != pipeline) {
            throw new PlanException(
                    "other-pipeline",
                    node.path(),
                    join + ": " + right.path() + " belongs to the pipeline '" + other.name() + "', " + node.path()
                            + " to '" + pipeline.name() + "'",
                    "read both in one pipeline");
        }
        return right;
    }

    /**
     * Groups of rows with equal keys; null is a key like any other. A key is the name of a column or an expression with a name:
     * {@code truncate(time, '1h') as hour}.
     */
    public GroupedFrame groupBy(String... keys) {
        for (String key : keys) {
            if (schema().indexOf(key) < 0) {
                return groupByTexts(keys);
            }
        }
        return GroupedFrame.of(pipeline, node, List.of(keys));
    }

    /** One row of aggregates over all rows. */
    @Override
    public LiveTable agg(Agg... aggregates) {
        return new GroupedFrame(pipeline, node, List.of(), false).agg(aggregates);
    }

    /** {@link #agg(Agg...)} from text, such as {@code count(), sum(qty) as total}. */
    public LiveTable agg(String aggregates) {
        return new GroupedFrame(pipeline, node, List.of(), false).agg(aggregates);
    }

    /** Calls the receiver with each row, in order, on the thread that brings it, until the sink is closed: with it the steps end that ran for it alone. */
    public Sink sink(Consumer<? super Row> receiver) {
        return sinkBatches(new RowReceiver(schema(), receiver));
    }

    /**
     * Calls the receiver with each batch, which is lent until the call returns ({@link RecordBatch}), until the sink is
     * closed.
     */
    public Sink sinkBatches(Consumer<? super RecordBatch> receiver) {
        BatchReceiver lender = new BatchReceiver(schema(), receiver);
        return pipeline.attached(node, schema().names(), stream -> stream.sink(lender::take));
    }

    /** Writes all rows to a sink such as a file. */
    public void sink(FrameSink sink) {
        Objects.requireNonNull(sink, "sink");
        pipeline.attached(
                node,
                schema().names(),
                stream -> pipeline.saved(
                        node.sinkIdentity(sink.target()),
                        "sink",
                        node,
                        stream.pipe("sink", () -> SinkOperator.of(schema(), sink))));
    }

    /**
     * The rows as records: a component takes the column of its name, or of its name in snake case. A component that may be
     * null must be an object.
     *
     * @throws PlanException when a component has no column or one of another type
     */
    public <R> DataStream<R> records(Class<R> type) {
        RecordReader<R> reader = RecordReader.of(type, schema(), node.path());
        return pipeline.attached(
                node,
                reader.columns(schema()),
                stream -> stream.pipe("records(" + type.getSimpleName() + ")", () -> new RecordsOperator<>(reader)));
    }

    /** The rows one by one, as a stream of objects. */
    public DataStream<Row> stream() {
        return pipeline.attached(
                node, schema().names(), stream -> stream.pipe("rows", () -> new RowsOperator(schema())));
    }

    /**
     * The newest rows, at most {@code rows}, kept from now on as long as the pipeline runs.
     *
     * @throws PlanException when the number is below 1
     */
    public View tail(int rows) {
        if (rows < 1) {
            throw new PlanException("no-rows", node.path(), "tail(" + rows + ") keeps no rows", "say tail(20)");
        }
        NewestRows newest = new NewestRows(schema(), rows);
        sinkBatches(newest);
        return new View(
                schema(),
                newest::table,
                listener -> pipeline.attached(node, List.of(), stream -> stream.sink(batch -> listener.run())),
                () -> pipeline.attached(node, List.of(), stream -> stream),
                pipeline.done());
    }

    /** What the newest {@value #PLOTTED} rows can be drawn as; {@code tail(n).plot()} draws another number of them. */
    public Plots plot() {
        return tail(PLOTTED).plot();
    }

    /** Prints the newest rows at the end of the input, and on a terminal in place as they come. */
    public void show() {
        pipeline.show(this);
    }

    /** The steps that lead here, one a line, in the words that build them. */
    public String steps() {
        return node.steps();
    }

    /** What runs for this frame: its steps, their state and what bounds it, the rows that went through. */
    public String explain() {
        return pipeline.explain(node);
    }

    /** Why no row has come out yet, in one sentence: what is missing, and the step that waits for it. */
    public String whyNoOutput() {
        return pipeline.whyNoOutput(node);
    }

    /** The plan's last step and its columns. */
    @Override
    public String toString() {
        return node.path() + " " + node.schema();
    }

    PlanNode node() {
        return node;
    }

    private StreamFrame next(PlanNode step) {
        return new StreamFrame(pipeline, step);
    }

    private StreamFrame project(String label, Map<String, Expr> columns) {
        return project(label, List.copyOf(columns.keySet()), List.copyOf(columns.values()));
    }

    private static Map<String, Expr> columns(List<String> names) {
        Map<String, Expr> columns = new LinkedHashMap<>();
        names.forEach(name -> columns.put(name, Frames.col(name)));
        return columns;
    }
}
