package io.streamz.sketches;

import io.streamz.aggregations.Aggregation;
import io.streamz.aggregations.DataType;
import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Kind;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.ObjectAggregation;
import io.streamz.aggregations.WideLane;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.datasketches.common.SketchesArgumentException;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.kll.KllSketch;
import org.apache.datasketches.memory.Memory;

/**
 * A quantile by the sketch of Karnin, Lang and Liberty (2016): the value that stands at the asked rank, or at one near to it.
 * As long as a group has no more values than the size, the answer is the least value whose rank is the asked one or above.
 * Beyond, the sketch draws lots: answers stay within the error, but differ from run to run.
 */
public final class ApproxQuantile extends ObjectAggregation<ApproxQuantile.State> {
    static final String NAME = "approxQuantile";
    static final int DEFAULT = KllSketch.DEFAULT_K;

    private final double quantile;
    private final int size;

    /** The sketch of a group, and what it would leave out. */
    static final class State {
        private final KllDoublesSketch sketch;
        private final double unit;
        private boolean nan;

        private State(KllDoublesSketch sketch, boolean nan, DataType type) {
            this.sketch = sketch;
            this.nan = nan;
            unit = type.kind() == Kind.DECIMAL ? Math.pow(10, type.scale()) : 1;
        }
    }

    ApproxQuantile(double quantile, int size) {
        super(NAME, 1);
        if (!(quantile >= 0 && quantile <= 1)) {
            throw new IllegalArgumentException(NAME + " needs a number from 0 to 1 but got " + quantile);
        }
        if (size < 8 || size > KllSketch.MAX_K) {
            throw new IllegalArgumentException(
                    NAME + " needs a size from 8 to " + KllSketch.MAX_K + " but got " + size);
        }
        this.quantile = quantile;
        this.size = size;
    }

    /** How far, as a share of all values, the answer's rank is from the asked one at most, in 99 of 100 cases. */
    public double rankError() {
        return KllSketch.getNormalizedRankError(size, false);
    }

    @Override
    public DataType resultType(DataType... types) {
        checkInputs(types);
        if (!types[0].kind().isNumber()) {
            throw wrongType("a number", types[0]);
        }
        return DataType.FLOAT64;
    }

    /** Quantiles of one sketch agree with each other. */
    @Override
    protected boolean sharesState(Aggregation other) {
        return other instanceof ApproxQuantile that && that.size == size;
    }

    @Override
    protected State initial(DataType... types) {
        return new State(KllDoublesSketch.newHeapInstance(size), false, types[0]);
    }

    @Override
    protected void onNew(State state, Lane[] inputs, int row) {
        double value = number(state, inputs[0], row);
        if (Double.isNaN(value)) {
            state.nan = true; // the sketch leaves NaN out
        } else {
            state.sketch.update(value);
        }
    }

    private static double number(State state, Lane lane, int row) {
        if (lane instanceof DoubleLane doubles) {
            return doubles.values()[row];
        }
        return lane instanceof LongLane longs ? longs.values()[row] : ((WideLane) lane).toDouble(row) / state.unit;
    }

    @Override
    protected void merge(State state, State other) {
        state.sketch.merge(other.sketch);
        state.nan |= other.nan;
    }

    @Override
    protected void result(State state, Lane out, int row) {
        ((DoubleLane) out).values()[row] = state.nan ? Double.NaN : state.sketch.getQuantile(quantile);
    }

    @Override
    protected void write(State state, DataOutputStream out) throws IOException {
        out.writeBoolean(state.nan);
        out.write(state.sketch.toByteArray());
    }

    @Override
    protected State read(DataInputStream in, DataType... types) throws IOException {
        boolean nan = in.readBoolean();
        try {
            KllDoublesSketch sketch = KllDoublesSketch.heapify(Memory.wrap(in.readAllBytes()));
            if (sketch.getK() != size) {
                throw new IOException("state of " + this + " has the size " + sketch.getK());
            }
            return new State(sketch, nan, types[0]);
        } catch (SketchesArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("state of " + this + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    protected long bytes(State state) {
        return state.sketch.getSerializedSizeBytes();
    }

    @Override
    public String toString() {
        return NAME + "(" + quantile + ", " + size + ")";
    }
}
