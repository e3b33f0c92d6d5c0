package io.streamz.aggregations;

/** Columns of any number type as doubles. */
final class Numbers {
    private Numbers() {}

    /** The column itself where it is one of doubles, else its values rounded to doubles in the scratch lane. */
    static DoubleLane doubles(Lane values, DataType type, int rows, DoubleLane scratch) {
        if (values instanceof DoubleLane doubles) {
            return doubles;
        }
        scratch.reset(rows);
        double[] target = scratch.values();
        if (values instanceof LongLane longs) {
            for (int row = 0; row < rows; row++) {
                target[row] = longs.values()[row];
            }
        } else if (values instanceof WideLane wide) {
            double unit = Math.pow(10, type.scale());
            for (int row = 0; row < rows; row++) {
                target[row] = Int128.toDouble(wide.high()[row], wide.low()[row]) / unit;
            }
        } else {
            throw new IllegalArgumentException("a column of type " + type + " has no numbers");
        }
        scratch.setValidity(values.validity(), values.nullCount());
        return scratch;
    }
}
