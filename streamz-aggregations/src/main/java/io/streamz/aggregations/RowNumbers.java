package io.streamz.aggregations;

/** The values of columns of numbers as doubles: ints to the nearest double, bools as 0 and 1, decimals with their point. */
final class RowNumbers {
    private final double[] units;

    RowNumbers(DataType... types) {
        units = new double[types.length];
        for (int input = 0; input < types.length; input++) {
            units[input] = Math.pow(10, types[input].scale());
        }
    }

    double of(Lane[] inputs, int input, int row) {
        Lane lane = inputs[input];
        if (lane instanceof DoubleLane doubles) {
            return doubles.values()[row];
        }
        if (lane instanceof LongLane longs) {
            return longs.values()[row];
        }
        return ((WideLane) lane).toDouble(row) / units[input];
    }
}
