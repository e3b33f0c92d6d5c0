package io.streamz.aggregations;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * An aggregation whose state is one object a group, for what four doubles and two longs do not hold: sketches, lists, maps.
 * Loops, nulls, masks, groups, windows and the framing of state bytes are the engine's:
 *
 * <pre>{@code
 * final class Flags extends ObjectAggregation<BitSet> {
 *     Flags() { super("flags", 1); }
 *     @Override public DataType resultType(DataType... types) { checkNumbers(types); return DataType.INT64; }
 *     @Override protected BitSet initial(DataType... types) { return new BitSet(); }
 *     @Override protected void onNew(BitSet state, Lane[] inputs, int row) { state.set((int) ((LongLane) inputs[0]).values()[row]); }
 *     @Override protected void merge(BitSet state, BitSet other) { state.or(other); }
 *     @Override protected void result(BitSet state, Lane out, int row) { ((LongLane) out).values()[row] = state.cardinality(); }
 *     @Override protected void write(BitSet state, DataOutputStream out) throws IOException { out.write(state.toByteArray()); }
 *     @Override protected BitSet read(DataInputStream in, DataType... types) throws IOException { return BitSet.valueOf(in.readAllBytes()); }
 *     @Override protected long bytes(BitSet state) { return state.size() / 8; }
 * }
 * }</pre>
 *
 * <p>Rows with a null among the inputs are left out. A group without values has no object and answers null, or {@link
 * #resultOfNothing}. State bytes are canonical as far as {@link #write} is: equal state should give equal bytes. Called by one
 * thread at a time.
 *
 * @param <S> the state of one group, mutable
 */
public abstract class ObjectAggregation<S> extends BuiltIn {
    /**
     * @param name the name in text, in output columns and in messages
     * @param inputs the number of inputs, 1 to 3
     */
    protected ObjectAggregation(String name, int inputs) {
        super(name, inputs);
    }

    @Override
    public final GroupStates states(DataType... types) {
        resultType(types);
        return new ObjectStates<>(this, types.clone());
    }

    /** The state before the first row. */
    protected abstract S initial(DataType... types);

    /** Adds a row, none of whose inputs is null; each lane is of the class that {@link Kind} names. */
    protected abstract void onNew(S state, Lane[] inputs, int row);

    /** Takes back a row that was added; where {@link #canForget()}. */
    protected void onOld(S state, Lane[] inputs, int row) {
        throw new IllegalStateException("aggregation " + name() + " has no onOld; override it in "
                + getClass().getName());
    }

    /** Adds the other's rows, which came after those of {@code state}; the other stays as it is. */
    protected abstract void merge(S state, S other);

    /** Writes the answer of a group with at least one value into a cell of a lane of the result type. */
    protected abstract void result(S state, Lane out, int row);

    /** Writes a state; the engine notes how long it is. */
    protected abstract void write(S state, DataOutputStream out) throws IOException;

    /** Reads a state from exactly the bytes that were written. */
    protected abstract S read(DataInputStream in, DataType... types) throws IOException;

    /** The bytes of memory that a state holds, nearly. */
    protected abstract long bytes(S state);
}
