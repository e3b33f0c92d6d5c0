package io.streamz.aggregations;

import java.util.List;
import org.junit.jupiter.api.Test;

/** An aggregation as a user writes one, under the same laws as the built-in ones. */
class UserAggregationTest {
    /** The root of the mean square. */
    private static final class RootMeanSquare extends Aggregation {
        RootMeanSquare() {
            super("rootMeanSquare", 1);
        }

        @Override
        protected void onNew(Accumulator acc, double x) {
            acc.a += x * x;
        }

        @Override
        protected void onOld(Accumulator acc, double x) {
            acc.a -= x * x;
        }

        @Override
        protected void merge(Accumulator acc, Accumulator other) {
            acc.a += other.a;
        }

        @Override
        protected double result(Accumulator acc) {
            return Math.sqrt(acc.a / acc.count());
        }

        @Override
        public boolean canForget() {
            return true;
        }
    }

    @Test
    void theLawsHold() throws Exception {
        Laws laws = Laws.of(
                        new RootMeanSquare(),
                        DataType.FLOAT64,
                        random -> (double) random.nextInt(1000),
                        UserAggregationTest::rootMeanSquare)
                .within(1e-12);
        laws.checkFormula();
        laws.checkCuts();
        laws.checkMerge();
        laws.checkForget();
        laws.checkFree();
    }

    private static Object rootMeanSquare(List<Object> all) {
        List<Object> values = Truth.valid(all);
        return values.isEmpty()
                ? null
                : (Object) Math.sqrt(values.stream()
                        .mapToDouble(value -> (Double) value * (Double) value)
                        .average()
                        .orElseThrow());
    }
}
