package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import io.streamz.core.PlanException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The key columns of a join, which have the same names on both sides.
 *
 * @param names none where all rows belong together
 * @param left their places on the left side
 * @param right their places on the right side
 * @param types their types, as the left side has them
 */
record JoinColumns(List<String> names, int[] left, int[] right, DataType[] types) {

    /** Finds and checks them. */
    static JoinColumns of(PlanNode left, PlanNode right, List<String> names, String join) {
        if (new LinkedHashSet<>(names).size() < names.size()) {
            throw new PlanException("duplicate-column", left.path(), join + " has a key twice: " + names, "");
        }
        int[] leftPlaces = new int[names.size()];
        int[] rightPlaces = new int[names.size()];
        DataType[] types = new DataType[names.size()];
        for (int key = 0; key < types.length; key++) {
            String name = names.get(key);
            leftPlaces[key] = left.schema().column(name, left.path());
            rightPlaces[key] = right.schema().column(name, right.path());
            types[key] = left.schema().type(leftPlaces[key]);
            DataType other = right.schema().type(rightPlaces[key]);
            if (!match(types[key], other)) {
                throw new PlanException(
                        "type-mismatch",
                        left.path(),
                        join + ": the key " + name + " is " + types[key] + " in " + name(left) + " and " + other
                                + " in " + name(right),
                        "cast one of them before, as in assign(\"" + name + "\", col(\"" + name + "\").cast(...))");
            }
        }
        return new JoinColumns(List.copyOf(names), leftPlaces, rightPlaces, types);
    }

    private static boolean match(DataType left, DataType right) {
        return left.equals(right) || left.kind() == Kind.INT && right.kind() == Kind.INT;
    }

    /**
     * The columns of both sides.
     *
     * @param leftOut the columns of the right side that the left side has already
     * @throws PlanException when another name is on both sides
     */
    static Schema schema(PlanNode left, PlanNode right, Set<String> leftOut, String join) {
        List<Field> fields = new ArrayList<>(left.schema().fields());
        for (Field field : right.schema().fields()) {
            if (leftOut.contains(field.name())) {
                continue;
            }
            if (left.schema().indexOf(field.name()) >= 0) {
                throw new PlanException(
                        "duplicate-column",
                        left.path(),
                        join + ": both " + sides(left, right) + " have a column '" + field.name() + "'",
                        "rename it on one side before, as in rename(\"" + field.name() + "\", \"" + field.name()
                                + "_right\"), or drop it");
            }
            fields.add(field);
        }
        return Schema.of(fields);
    }

    private static String sides(PlanNode left, PlanNode right) {
        return name(left).equals(name(right)) ? "sides" : name(left) + " and " + name(right);
    }

    /** Where the rows of a side come from, as messages name it. */
    static String name(PlanNode side) {
        return side.root().label();
    }

    /** The places of the right side's columns that come out. */
    static int[] rightColumns(PlanNode right, Set<String> leftOut) {
        return right.schema().names().stream()
                .filter(name -> !leftOut.contains(name))
                .mapToInt(right.schema()::indexOf)
                .toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JoinColumns columns && names.equals(columns.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return String.join(", ", names);
    }
}
