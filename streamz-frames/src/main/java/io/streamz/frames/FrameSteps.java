package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import io.streamz.core.DataStream;
import io.streamz.core.Graph;
import io.streamz.core.PlanException;
import io.streamz.core.Sink;
import io.streamz.frames.internal.expr.Texts;
import io.streamz.frames.internal.text.Elements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The steps of a frame that are made of others, and those that keep or cut rows. */
abstract class FrameSteps extends Reductions {
    private final Pipeline owner;
    private final PlanNode step;

    FrameSteps(Pipeline owner, PlanNode step) {
        this.owner = owner;
        this.step = step;
    }

    private StreamFrame self() {
        return (StreamFrame) this;
    }

    @Override
    final Pipeline pipeline() {
        return owner;
    }

    @Override
    final PlanNode step() {
        return step;
    }

    @Override
    final List<String> keys() {
        return List.of();
    }

    private StreamFrame next(PlanNode node) {
        return new StreamFrame(owner, node);
    }

    /** Another word for {@link StreamFrame#filter(String)}. */
    public StreamFrame query(String condition) {
        return self().filter(condition);
    }

    /** {@link StreamFrame#filter(String)} with values for its parameters: {@code filter("price > @limit", Map.of("limit", 100))}. */
    public StreamFrame filter(String condition, Map<String, ?> parameters) {
        return self().filter(Expr.parse(condition).with(parameters));
    }

    /** The same columns, some of them under other names; all are renamed at once, so that two may change places. */
    public StreamFrame rename(Map<String, String> names) {
        List<String> renamed = new ArrayList<>(step.schema().names());
        names.forEach(
                (from, to) -> renamed.set(step.schema().column(from, step.path()), Objects.requireNonNull(to, "to")));
        List<Expr> columns = step.schema().names().stream().map(Frames::col).toList();
        String label = names.entrySet().stream()
                .map(entry -> entry.getKey() + " to " + entry.getValue())
                .collect(Collectors.joining(", ", "rename(", ")"));
        return next(ProjectNode.of(step, label, renamed, columns));
    }

    /** A column converted to a type; a value that does not fit is a data error. */
    public StreamFrame cast(String column, DataType type) {
        return self().assign(column, existing(column).cast(type));
    }

    /** {@link #cast(String, DataType)} with the name of the type, such as {@code decimal(20,2)}. */
    public StreamFrame cast(String column, String type) {
        return cast(column, Texts.type(type));
    }

    private Expr existing(String column) {
        step.schema().column(column, step.path());
        return Frames.col(column);
    }

    private List<String> columns(String... names) {
        if (names.length == 0) {
            return step.schema().names();
        }
        for (String name : names) {
            step.schema().column(name, step.path());
        }
        return List.of(names);
    }

    /** The first rows; when they have come, nothing more is taken. */
    public StreamFrame head(long rows) {
        if (rows < 0) {
            throw new PlanException("no-rows", step.path(), "head(" + rows + ") makes no sense", "say head(10)");
        }
        return next(StepNode.keeping(
                step,
                "head(" + rows + ")",
                "state of one number",
                Set.of(),
                (node, rejects) -> new HeadOperator(node.schema(), node.path(), rows)));
    }

    /** The first row of each different key, of all columns where none is named. The state grows with the number of keys. */
    public StreamFrame distinct(String... keys) {
        return distinct(0, keys);
    }

    /**
     * {@link #distinct(String...)} with a bound: of more than {@code most} keys the one that was seen least recently is forgotten,
     * and counts as new when it comes again.
     */
    public StreamFrame distinctLast(int most, String... keys) {
        if (most < 1) {
            throw new PlanException("bound", step.path(), "distinctLast(" + most + ") keeps no keys", "use 1 or more");
        }
        return distinct(most, keys);
    }

    private StreamFrame distinct(int most, String... keys) {
        List<String> names = columns(keys);
        String list = String.join(", ", keys);
        String state = most == 0
                ? "state of all different keys: grows with the number of different " + String.join(", ", names)
                : "state of the last " + most + " keys";
        return next(StepNode.keeping(
                step,
                most == 0
                        ? "distinct(" + list + ")"
                        : "distinctLast(" + most + (list.isEmpty() ? "" : ", " + list) + ")",
                state,
                new LinkedHashSet<>(names),
                (node, rejects) -> new DistinctOperator(
                        node.schema(),
                        node.path(),
                        names.stream().mapToInt(node.schema()::indexOf).toArray(),
                        most)));
    }

    /** The rows without a null in these columns, in any column where none is named. */
    public StreamFrame dropNulls(String... names) {
        List<String> columns = columns(names);
        Expr condition = Frames.col(columns.get(0)).isNotNull();
        for (String name : columns.subList(1, columns.size())) {
            condition = condition.and(Frames.col(name).isNotNull());
        }
        return self().filter(condition);
    }

    /** A value in the place of nulls in a column. */
    public StreamFrame fillNull(String column, Object value) {
        return self().assign(column, existing(column).fillNull(value));
    }

    /** A value in the place of nulls in every column that can hold it: a number in number columns, a text in text columns. */
    public StreamFrame fillNull(Object value) {
        Kind kind = Expr.of(value).bind(step.schema(), step.path()).type().kind();
        StreamFrame frame = self();
        for (Field field : step.schema().fields()) {
            Kind its = field.type().kind();
            boolean wider = its == Kind.FLOAT || its == kind || (its == Kind.DECIMAL && kind == Kind.INT);
            if (its == kind || (kind.isNumber() && its.isNumber() && wider)) {
                frame = frame.assign(
                        field.name(), Frames.col(field.name()).fillNull(value).cast(field.type()));
            }
        }
        return frame;
    }

    /** NaN as null in these columns, in all float columns where none is named: as pandas reads it. */
    public StreamFrame nanAsNull(String... names) {
        StreamFrame frame = self();
        for (String name : columns(names)) {
            if (names.length > 0
                    || step.schema().type(step.schema().indexOf(name)).kind() == Kind.FLOAT) {
                frame = frame.assign(name, Frames.col(name).nanAsNull());
            }
        }
        return frame;
    }

    /**
     * A row for each element of a list, beside the other columns as they are. Lists are text: JSON arrays, as NDJSON files,
     * {@code collect} and {@code valueCounts} give them. Strings come out without their quotes, null as null, numbers, objects and
     * arrays inside as they stand. A null or an empty list gives one row with null.
     *
     * @throws PlanException when the column is not there, or is no text
     */
    public StreamFrame explode(String column) {
        return explode(column, "explode(" + column + ")", Elements::ofArrays);
    }

    /** {@link #explode(String)} with elements of a type; one that does not fit is a data error, as in {@link #cast(String, DataType)}. */
    public StreamFrame explode(String column, DataType type) {
        return explode(column).cast(column, type);
    }

    /**
     * A row for each part of a text with a separator between its parts, beside the other columns as they are. Null gives one row
     * with null, an empty text one with an empty text.
     *
     * @throws PlanException when the column is not there, or is no text, or the separator is empty
     */
    public StreamFrame explode(String column, String separator) {
        if (separator.isEmpty()) {
            throw new PlanException(
                    "no-separator",
                    step.path(),
                    "explode needs something between the parts",
                    "say explode(\"" + column + "\", \",\")");
        }
        return explode(column, "explode(" + column + ", '" + separator + "')", () -> Elements.between(separator));
    }

    private StreamFrame explode(String column, String label, Supplier<Elements> elements) {
        int place = step.schema().column(column, step.path());
        DataType type = step.schema().type(place);
        if (!type.equals(DataType.UTF8)) {
            throw new PlanException(
                    "type-mismatch",
                    step.path(),
                    "explode takes lists as text, and " + column + " is " + type,
                    "a list is a JSON array, or has a separator, in a column of utf8");
        }
        return next(StepNode.keeping(
                step,
                label,
                "no state",
                Set.of(column),
                (node, rejects) -> new ExplodeOperator(node.schema(), node.path(), place, elements.get(), rejects)));
    }

    /** Values of a column replaced by others; what is no key stays. */
    public StreamFrame replace(String column, Map<?, ?> values) {
        return self().assign(column, existing(column).replace(values));
    }

    /**
     * The rows of this and the other frames as they come: in their order within each, in any order between them. Columns are
     * matched by name.
     *
     * @throws PlanException when the columns differ
     */
    public StreamFrame concat(StreamFrame... others) {
        List<PlanNode> inputs = new ArrayList<>(List.of(step));
        for (StreamFrame other : others) {
            checkSame(other);
            inputs.add(other.node());
        }
        int[][] from = new int[inputs.size()][];
        for (int input = 0; input < from.length; input++) {
            Schema schema = inputs.get(input).schema();
            from[input] =
                    step.schema().names().stream().mapToInt(schema::indexOf).toArray();
        }
        String names = inputs.stream().skip(1).map(PlanNode::path).collect(Collectors.joining(", "));
        return next(StepNode.remaking(
                inputs,
                step.schema(),
                "concat(" + names + ")",
                "no state",
                false,
                (node, rejects) -> new ConcatOperator(node.schema(), node.path(), from)));
    }

    private void checkSame(StreamFrame other) {
        if (other.pipeline() != owner) {
            throw new PlanException(
                    "other-pipeline",
                    other.node().path(),
                    "the frame belongs to another pipeline",
                    "read it in the same one");
        }
        Set<Field> here = new LinkedHashSet<>(step.schema().fields());
        Set<Field> there = new LinkedHashSet<>(other.schema().fields());
        if (!here.equals(there)) {
            Set<Field> missing = new LinkedHashSet<>(here);
            missing.removeAll(there);
            Set<Field> more = new LinkedHashSet<>(there);
            more.removeAll(here);
            throw new PlanException(
                    "different-columns",
                    step.path(),
                    other.node().path() + " has other columns: it lacks " + missing + " and has " + more,
                    "select, rename and cast bring them together");
        }
    }

    /** Each row with the same chance, from 0 to 1; the same rows for the same seed, however they were cut. */
    public StreamFrame sample(double fraction, long seed) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new PlanException(
                    "fraction", step.path(), "sample takes a part from 0 to 1, not " + fraction, "say sample(0.1, 1)");
        }
        return next(StepNode.keeping(
                step,
                "sample(" + fraction + ", " + seed + ")",
                "state of one number",
                Set.of(),
                (node, rejects) -> new SampleOperator(node.schema(), node.path(), fraction, seed)));
    }

    /** Batches of this many rows, but for the last one: rows wait until a batch is full. */
    public StreamFrame repartition(int rows) {
        if (rows < 1) {
            throw new PlanException(
                    "no-rows", step.path(), "repartition(" + rows + ") makes no batches", "say repartition(10_000)");
        }
        return next(StepNode.remaking(
                List.of(step),
                step.schema(),
                "repartition(" + rows + ")",
                "at most " + rows + " rows",
                true,
                (node, rejects) -> new RebatchOperator(node.schema(), node.path(), rows)));
    }

    /**
     * Batches made of batches by code of one's own, over plain arrays. How rows were cut shows to it; so does not to be relied on
     * for answers unless each row is handled by itself.
     *
     * @param name what it is called in the plan, and in a saved state
     */
    public StreamFrame mapBatches(String name, Schema schema, BatchMapper mapper) {
        Objects.requireNonNull(mapper, "mapper");
        return next(StepNode.remaking(
                List.of(step),
                Objects.requireNonNull(schema, "schema"),
                "mapBatches(" + name + ")",
                "no state of ours",
                false,
                (node, rejects) -> new MapBatchesOperator(node.input().schema(), node.schema(), node.path(), mapper)));
    }

    /** The batches as immutable tables, as a stream of objects. */
    public DataStream<Table> batches() {
        Schema schema = step.schema();
        return owner.attached(step, schema.names(), stream -> stream.pipe("batches", () -> new TablesOperator(schema)));
    }

    /** The rows as maps, as a stream of objects. */
    public DataStream<Map<String, Object>> maps() {
        return self().stream().map(Row::toMap);
    }

    /** The rows for subscribers of {@link Flow}; each gets what comes from its subscription on, as fast as it asks. */
    public Flow.Publisher<Row> toPublisher() {
        return self().stream().toPublisher();
    }

    /** The rows as records for subscribers of {@link Flow}. */
    public <R> Flow.Publisher<R> toPublisher(Class<R> type) {
        return self().records(type).toPublisher();
    }

    /**
     * Calls the receiver with each batch as Arrow vectors, which are lent until the call returns: what is kept longer is to be
     * copied or transferred out of them.
     */
    public Sink sinkArrow(Consumer<? super VectorSchemaRoot> receiver) {
        Objects.requireNonNull(receiver, "receiver");
        return self().sinkBatches(batch -> receiver.accept(batch.root()));
    }

    /** What runs for this frame as a graph: as text, Mermaid, dot or SVG, each step with the rows that went through. */
    public Graph graph() {
        return owner.graph(step);
    }

    /** A value that each batch makes a new one of, such as the state of a model: every value as it comes. */
    public <S> DataStream<S> fold(S start, BiFunction<? super S, ? super Table, ? extends S> function) {
        return batches().accumulate(start, function);
    }

    /**
     * Groups by expressions, each with a name: {@code groupBy(col("t").truncate("1h").as("hour"))}.
     *
     * @throws PlanException when one has no name, or the name of another column
     */
    public GroupedFrame groupBy(Expr first, Expr... more) {
        List<Expr> keys = new ArrayList<>(List.of(first));
        keys.addAll(Arrays.asList(more));
        return groupBy(keys);
    }

    private GroupedFrame groupBy(List<Expr> keys) {
        Map<String, Expr> made = new LinkedHashMap<>();
        for (Expr key : keys) {
            String name = key.name()
                    .orElseThrow(() -> new PlanException(
                            "unnamed-column",
                            step.path(),
                            "the key " + key + " has no name",
                            "give it one: (" + key + ").as(\"name\")"));
            boolean bare = key.columns().equals(Set.of(name)) && new Expr(key.node()).equals(Frames.col(name));
            if (!bare && step.schema().indexOf(name) >= 0) {
                throw new PlanException(
                        "duplicate-column",
                        step.path(),
                        "the key " + key + " has the name of a column",
                        "give it another name");
            }
            if (made.put(name, bare ? null : new Expr(key.node())) != null) {
                throw new PlanException("duplicate-column", step.path(), "two keys are named '" + name + "'", "");
            }
        }
        StreamFrame frame = self();
        for (Map.Entry<String, Expr> key : made.entrySet()) {
            frame = key.getValue() == null ? frame : frame.assign(key.getKey(), key.getValue());
        }
        return GroupedFrame.of(owner, frame.node(), List.copyOf(made.keySet()));
    }

    /** Groups by the keys of a text: names of columns as they are, everything else as expressions. */
    final GroupedFrame groupByTexts(String... keys) {
        return groupBy(Arrays.stream(keys).map(this::keyed).toList());
    }

    private Expr keyed(String key) {
        Expr parsed = Expr.columnOrParsed(key, step.schema(), step.path());
        if (parsed.name().isPresent() && parsed.equals(Frames.col(parsed.name().get()))) {
            step.schema().column(parsed.name().get(), step.path());
        }
        return parsed;
    }
}
