package io.streamz.frames;

import io.streamz.core.DataStream;
import io.streamz.core.Graph;
import io.streamz.core.PlanException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Live tables made of a live table. Their rows come, change and go with those that they are made of; a view computes them when it
 * is read, changes cost what the changes of the table are.
 */
abstract class LiveSteps {
    private final Pipeline owner;
    private final TableNode table;

    LiveSteps(Pipeline owner, TableNode table) {
        this.owner = owner;
        this.table = table;
    }

    private LiveTable next(TableNode node) {
        return new LiveTable(owner, node);
    }

    /** The table without its order, which stays the last step so that it orders what other steps make. */
    private TableNode unsorted() {
        return table instanceof LiveSortNode sort ? (TableNode) sort.input() : table;
    }

    private LiveTable sorted(TableNode node) {
        boolean there = table instanceof LiveSortNode sort && sort.orders(node.schema());
        return next(there ? LiveSortNode.of(node, ((LiveSortNode) table).by()) : node);
    }

    /** The rows for which a condition holds; a row comes and goes as its condition does. */
    public LiveTable filter(Expr condition) {
        return sorted(LiveFilterNode.of(unsorted(), condition));
    }

    /** {@link #filter(Expr)} with the text of a condition. */
    public LiveTable filter(String condition) {
        return filter(Expr.parse(condition));
    }

    /** The columns and one more, at the end; a column of that name is replaced in its place. */
    public LiveTable assign(String name, Expr value) {
        Map<String, Expr> columns = columns();
        columns.put(Objects.requireNonNull(name, "name"), value);
        return project("assign(" + name + " = " + value + ")", columns);
    }

    /** {@link #assign(String, Expr)} with the text of an expression. */
    public LiveTable assign(String name, String value) {
        return assign(name, Expr.parse(value));
    }

    /** These columns, each a name or an expression with a name. Rows stay apart also where a key is left out. */
    public LiveTable select(String... columns) {
        Map<String, Expr> chosen = new LinkedHashMap<>();
        for (String column : columns) {
            Expr made = Expr.columnOrParsed(column, table.schema(), table.path());
            String name = made.name()
                    .orElseThrow(() -> new PlanException(
                            "unnamed-column",
                            table.path(),
                            "the expression " + made + " has no name",
                            "give it one: " + made + " as name"));
            chosen.put(name, new Expr(made.node()));
        }
        return project("select(" + String.join(", ", columns) + ")", chosen);
    }

    /** All columns but these. */
    public LiveTable drop(String... names) {
        Map<String, Expr> columns = columns();
        for (String name : names) {
            table.schema().column(name, table.path());
            columns.remove(name);
        }
        return project("drop(" + String.join(", ", names) + ")", columns);
    }

    /** The same columns, one of them under another name. */
    public LiveTable rename(String from, String to) {
        table.schema().column(from, table.path());
        Map<String, Expr> columns = new LinkedHashMap<>();
        columns().forEach((name, value) -> columns.put(name.equals(from) ? to : name, value));
        return project("rename(" + from + " to " + to + ")", columns);
    }

    private Map<String, Expr> columns() {
        Map<String, Expr> columns = new LinkedHashMap<>();
        table.schema().names().forEach(name -> columns.put(name, Frames.col(name)));
        return columns;
    }

    private LiveTable project(String label, Map<String, Expr> columns) {
        return sorted(
                LiveProjectNode.of(unsorted(), label, List.copyOf(columns.keySet()), List.copyOf(columns.values())));
    }

    /** The rows in another order, as {@link Table#sort} has it; what is equal in these columns stands in the order of all others. */
    public LiveTable sort(String... by) {
        return next(LiveSortNode.of(unsorted(), by));
    }

    /** Behind a sort its first rows: behind {@code sort("total desc")} the largest. */
    public LiveTable head(int rows) {
        if (rows < 1) {
            throw new PlanException("no-rows", table.path(), "head(" + rows + ") keeps no rows", "say head(10)");
        }
        if (table instanceof LiveSortNode sort) {
            return next(LiveHeadNode.of(unsorted(), sort.by(), rows));
        }
        throw new PlanException(
                "no-order",
                table.path(),
                "head of a live table needs an order",
                "say sort(\"" + table.schema().names().get(0) + "\").head(" + rows + ")");
    }

    /** The rows with the largest values of a column. */
    public LiveTable nLargest(int rows, String column) {
        table.schema().column(column, table.path());
        return sort("`" + column + "` desc").head(rows);
    }

    /** The rows with the smallest values of a column. */
    public LiveTable nSmallest(int rows, String column) {
        table.schema().column(column, table.path());
        return sort("`" + column + "`").head(rows);
    }

    /**
     * Groups of this table's rows. A row that is replaced or goes is taken out of its group again: counts, sums and means cost what
     * the changes are; other aggregates are computed again for the groups that a batch touches.
     */
    public RegroupedTable groupBy(String... keys) {
        if (keys.length == 0) {
            throw new PlanException(
                    "no-keys", table.path(), "groupBy needs at least one column", "agg without groupBy takes all rows");
        }
        return new RegroupedTable(owner, unsorted(), List.of(keys));
    }

    /** One row of aggregates over the rows that the table has now. */
    public LiveTable agg(Agg... aggregates) {
        return next(RegroupNode.of(unsorted(), List.of(), List.of(aggregates)));
    }

    /** {@link #agg(Agg...)} from text, such as {@code sum(total), max(total) as most}. */
    public LiveTable agg(String aggregates) {
        return next(RegroupNode.of(unsorted(), List.of(), Agg.parse(aggregates)));
    }

    /**
     * This table with the columns of another one beside its own, by key; null where the other has no row. Where both are made
     * of the same input, a view shows both after the same batch.
     *
     * @param suffix what the other's columns have behind their names where this table has one of the same name
     * @throws PlanException when the keys differ
     */
    public LiveTable beside(LiveTable other, String suffix) {
        if (other.pipeline() != owner) {
            throw new PlanException(
                    "other-pipeline", table.path(), "the other table belongs to another pipeline", "use one pipeline");
        }
        TableNode right = other.node() instanceof LiveSortNode sort ? (TableNode) sort.input() : other.node();
        return sorted(BesideNode.of(unsorted(), right, suffix));
    }

    /** By key the sum of the number columns that both tables have; null where the other has no row of the key. */
    public LiveTable add(LiveTable other) {
        return combined(other, Expr::add);
    }

    /** By key what the number columns of this table are above the other's. */
    public LiveTable sub(LiveTable other) {
        return combined(other, Expr::sub);
    }

    /** By key the product of the number columns. */
    public LiveTable mul(LiveTable other) {
        return combined(other, Expr::mul);
    }

    /** By key the number columns of this table divided by the other's: the last five minutes against all time. */
    public LiveTable div(LiveTable other) {
        return combined(other, Expr::div);
    }

    private interface Combination {
        Expr of(Expr here, Object there);
    }

    private LiveTable combined(LiveTable other, Combination combination) {
        String suffix = "_other";
        List<String> keys = table.keys();
        Map<String, Expr> columns = new LinkedHashMap<>();
        keys.forEach(key -> columns.put(key, Frames.col(key)));
        for (Field field : table.schema().fields()) {
            int there = other.schema().indexOf(field.name());
            boolean numbers = field.type().kind().isNumber()
                    && there >= 0
                    && other.schema().type(there).kind().isNumber();
            if (!keys.contains(field.name()) && numbers) {
                columns.put(field.name(), combination.of(Frames.col(field.name()), Frames.col(field.name() + suffix)));
            }
        }
        if (columns.size() == keys.size()) {
            throw new PlanException(
                    "different-columns",
                    table.path(),
                    "the tables have no number column in common: " + table.schema() + " and " + other.schema(),
                    "name the aggregates alike, or use beside and assign");
        }
        List<String> list = new ArrayList<>();
        columns.forEach((name, value) -> list.add(value.equals(Frames.col(name)) ? name : value + " as " + name));
        LiveTable both = beside(other, suffix);
        return ((LiveSteps) both).project("select(" + String.join(", ", list) + ")", columns);
    }

    /** The same table, whose changes and snapshots come from time to time; views are always of now. */
    public LiveTable trigger(Trigger when) {
        return sorted(TriggerNode.of(unsorted(), Objects.requireNonNull(when, "when")));
    }

    /**
     * For a reader that may be slower than the table: what has changed since it last took a table, with the column {@code op}
     * before the table's. It runs on a thread of its own, and the table never waits for it.
     */
    public DataStream<Table> conflated() {
        return owner.conflated(unsorted());
    }

    /** What runs for this table as a graph: as text, Mermaid, dot or SVG, each step with the rows that went through. */
    public Graph graph() {
        return owner.graph(table);
    }

    /** The columns that tell the rows apart. */
    public List<String> keys() {
        return table.keys();
    }
}
