package io.streamz.sketches;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.ObjectAggregation;
import io.streamz.aggregations.TextLane;
import io.streamz.aggregations.WideLane;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.datasketches.common.SketchesArgumentException;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;

/**
 * The number of different values by HyperLogLog (Flajolet and others, 2007), equal as keys are: all NaN are one, -0.0 is 0.0.
 * The answer depends on nothing but the set of values: not on their order, on cuts, or on how parts were merged.
 */
public final class ApproxDistinct extends ObjectAggregation<Union> {
    static final String NAME = "approxDistinct";
    static final int DEFAULT = 12;
    private static final long[] EMPTY_TEXT = {0x9E3779B97F4A7C15L, 0xD1B54A32D192ED03L, 0};

    private final int log2Registers;

    ApproxDistinct(int log2Registers) {
        super(NAME, 1);
        if (log2Registers < 4 || log2Registers > 21) {
            throw new IllegalArgumentException(NAME + " needs a size from 4 to 21 but got " + log2Registers);
        }
        this.log2Registers = log2Registers;
    }

    /** The relative error that 95 of 100 answers stay within: about 2.08 / √(2^log2Registers) where there are many values, less of few. */
    public double relativeError() {
        return HllSketch.getRelErr(true, true, log2Registers, 2);
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        return DataType.INT64;
    }

    @Override
    protected Union initial(DataType... types) {
        return new Union(log2Registers);
    }

    @Override
    protected void onNew(Union state, Lane[] inputs, int row) {
        Lane lane = inputs[0];
        if (lane instanceof LongLane longs) {
            state.update(longs.values()[row]);
        } else if (lane instanceof DoubleLane doubles) {
            state.update(doubles.values()[row]);
        } else if (lane instanceof WideLane wide) {
            state.update(new long[] {wide.low()[row], wide.high()[row]});
        } else if (lane instanceof TextLane text) {
            int from = text.starts()[row];
            int length = text.lengths()[row];
            if (length == 0) {
                state.update(EMPTY_TEXT); // the sketch leaves empty arrays out
            } else {
                state.update(Arrays.copyOfRange(text.bytes(), from, from + length));
            }
        }
    }

    @Override
    protected void merge(Union state, Union other) {
        state.update(other.getResult(TgtHllType.HLL_8));
    }

    /** The composite estimate, since the other one depends on the order of arrival. */
    @Override
    protected void result(Union state, Lane out, int row) {
        ((LongLane) out).values()[row] = Math.round(state.getCompositeEstimate());
    }

    @Override
    protected Double resultOfNothing() {
        return 0.0;
    }

    @Override
    protected void write(Union state, DataOutputStream out) throws IOException {
        out.write(state.toCompactByteArray());
    }

    @Override
    protected Union read(DataInputStream in, DataType... types) throws IOException {
        try {
            Union state = Union.heapify(in.readAllBytes());
            if (state.getLgConfigK() != log2Registers) {
                throw new IOException("state of " + this + " has the size " + state.getLgConfigK());
            }
            return state;
        } catch (SketchesArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("state of " + this + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    protected long bytes(Union state) {
        return state.getUpdatableSerializationBytes();
    }

    @Override
    public String toString() {
        return NAME + "(" + log2Registers + ")";
    }
}
