package io.streamz.frames;

import io.streamz.frames.internal.expr.MayMatch;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which columns and rows of one step somebody reads; it only grows. Written while a plan is attached, read by the step's thread. */
final class Wanted implements Projection {
    private final Schema schema;
    private volatile boolean[] columns;
    /** Whether somebody reads all rows. */
    private volatile boolean all;

    private final Set<Expr> asked = new HashSet<>();
    private final List<MayMatch> conditions = new CopyOnWriteArrayList<>();

    Wanted(Schema schema) {
        this.schema = schema;
        this.columns = new boolean[schema.size()];
    }

    @Override
    public boolean needs(int column) {
        return columns[column];
    }

    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (int column = 0; column < columns.length; column++) {
            if (columns[column]) {
                names.add(schema.field(column).name());
            }
        }
        return names;
    }

    void add(Collection<String> names) {
        boolean[] wider = columns.clone();
        for (String name : names) {
            wider[schema.indexOf(name)] = true;
        }
        columns = wider;
    }

    /**
     * Notes which rows somebody reads.
     *
     * @param condition true for them; null where all are read
     */
    void addRows(Expr condition) {
        if (condition == null) {
            all = true;
        } else if (asked.add(condition)) {
            conditions.add(MayMatch.of(condition.node(), schema));
        }
    }

    @Override
    public boolean mayWant(ColumnRanges values) {
        return all || conditions.isEmpty() || conditions.stream().anyMatch(condition -> condition.test(values));
    }
}
