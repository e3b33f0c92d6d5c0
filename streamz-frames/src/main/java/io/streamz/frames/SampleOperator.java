package io.streamz.frames;

import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;

/**
 * Keeps each row with the same chance, whatever the others: a row's lot is a hash of the seed and its number (splitmix64, Steele,
 * Lea and Flood, OOPSLA 2014), so that the same rows are kept however they were cut.
 */
final class SampleOperator extends KeepingOperator {
    private final double fraction;
    private final long seed;
    private long number;

    SampleOperator(Schema schema, String path, double fraction, long seed) {
        super(schema, path, new int[0]);
        this.fraction = fraction;
        this.seed = seed;
    }

    @Override
    int select(RecordBatch in, int[] into) {
        int count = 0;
        for (int row = 0; row < in.rows(); row++) {
            into[count] = row;
            count += lot(seed, number++) < fraction ? 1 : 0;
        }
        return count;
    }

    /** From 0 to 1, exclusive. */
    static double lot(long seed, long number) {
        long z = seed + 0x9E3779B97F4A7C15L * (number + 1);
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return ((z ^ z >>> 31) >>> 11) * 0x1p-53;
    }

    @Override
    public void write(StateWriter state) throws IOException {
        state.writeLong(number);
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        number = state.readLong();
    }
}
