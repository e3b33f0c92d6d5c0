package io.streamz.frames;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which columns of one step somebody reads; it only grows. Written while a plan is attached, read by the step's thread. */
final class Wanted implements Projection {
    private final Schema schema;
    private volatile boolean[] columns;

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
}
