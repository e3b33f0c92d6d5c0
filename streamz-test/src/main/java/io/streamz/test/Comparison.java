package io.streamz.test;

import io.streamz.frames.Schema;
import io.streamz.frames.Table;
import java.util.Arrays;

/** Finds where two tables differ. */
final class Comparison {
    private Comparison() {}

    static void check(Table actual, Table expected, double tolerance) {
        String difference = columns(actual.schema(), expected);
        if (difference == null && actual.rows() != expected.rows()) {
            difference = "it has " + actual.rows() + " rows, not " + expected.rows();
        }
        if (difference == null) {
            difference = cells(actual, expected, tolerance);
        }
        if (difference != null) {
            throw new AssertionError(difference + "\nactual:\n" + actual.toString(Integer.MAX_VALUE) + "\nexpected:\n"
                    + expected.toString(Integer.MAX_VALUE));
        }
    }

    private static String columns(Schema actual, Table expected) {
        if (!actual.names().equals(expected.schema().names())) {
            return "its columns are " + actual.names() + ", not "
                    + expected.schema().names();
        }
        for (int column = 0; column < actual.size(); column++) {
            boolean known = expected.lane(column).nullCount() < expected.rows();
            if (known && !actual.type(column).equals(expected.schema().type(column))) {
                return "column " + actual.field(column) + " is not "
                        + expected.schema().type(column);
            }
        }
        return null;
    }

    private static String cells(Table actual, Table expected, double tolerance) {
        for (int row = 0; row < actual.rows(); row++) {
            for (String name : actual.schema().names()) {
                Object is = actual.value(row, name);
                Object wanted = expected.value(row, name);
                if (!equal(is, wanted, tolerance)) {
                    return "'" + name + "' in row " + row + " is " + is + ", not " + wanted;
                }
            }
        }
        return null;
    }

    private static boolean equal(Object is, Object wanted, double tolerance) {
        if (is instanceof Double a && wanted instanceof Double b) {
            return a.equals(b) || Math.abs(a - b) <= tolerance * Math.abs(b);
        }
        return Arrays.deepEquals(new Object[] {is}, new Object[] {wanted});
    }
}
