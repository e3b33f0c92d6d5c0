package io.streamz.aggregations;

/** {@code range}: the greatest value less the least, of numbers and times. */
final class Range extends BuiltIn {
    Range() {
        super("range", 1);
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        DataType type = types[0];
        return switch (type.kind()) {
            case INT, DATE -> DataType.INT64;
            case FLOAT -> DataType.FLOAT64;
            case DECIMAL -> DataType.decimal(38, type.scale());
            case DURATION -> type;
            case TIME, TIMESTAMP -> DataType.duration(type.unit());
            case BOOL, TEXT, BINARY -> throw wrongType("a number or a time", type);
        };
    }

    @Override
    public GroupStates states(DataType... types) {
        resultType(types);
        return new Ranges(types[0]);
    }
}
