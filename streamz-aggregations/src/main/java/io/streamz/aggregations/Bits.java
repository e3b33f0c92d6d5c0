package io.streamz.aggregations;

/** {@code bitAnd}, {@code bitOr} and {@code bitXor} of ints and bools; null of nothing. */
final class Bits extends BuiltIn {
    private final BitStates.Operator operator;

    Bits(BitStates.Operator operator) {
        super(operator.label, 1);
        this.operator = operator;
    }

    @Override
    public boolean canForget() {
        return operator == BitStates.Operator.XOR;
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        if (types[0].kind() != Kind.INT && types[0].kind() != Kind.BOOL) {
            throw wrongType("an int or a bool", types[0]);
        }
        return types[0];
    }

    @Override
    public GroupStates states(DataType... types) {
        resultType(types);
        return new BitStates(operator);
    }
}
