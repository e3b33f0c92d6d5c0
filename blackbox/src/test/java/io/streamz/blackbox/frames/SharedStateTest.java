package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.rows;
import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.aggregations.DataType;
import io.streamz.frames.ExprFunction;
import io.streamz.frames.ExprFunctions;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.StreamFrame;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Aggregates of one {@code agg} compute equal inputs once and keep once what several need. */
@ExtendWith(EmptyAllocator.class)
class SharedStateTest {
    private static final int ROWS = 100;
    private static final int KEYS = 20;
    private static final AtomicLong CALLS = new AtomicLong();

    @BeforeAll
    static void countCalls() {
        ExprFunctions.register(ExprFunction.scalar(
                "counted",
                1,
                DataType.FLOAT64,
                args -> {
                    CALLS.incrementAndGet();
                    return args[0];
                },
                DataType.FLOAT64));
    }

    private static TableBuilder trades() {
        TableBuilder rows = frame("k", "v");
        for (int row = 0; row < ROWS; row++) {
            rows.row((long) row % KEYS, row / 4.0);
        }
        return rows;
    }

    private static long calls(Function<StreamFrame, LiveTable> plan) {
        CALLS.set(0);
        bytes(plan);
        return CALLS.get();
    }

    /** The bytes of the table's state at the end. */
    private static long bytes(Function<StreamFrame, LiveTable> plan) {
        try (var pipeline = Pipeline.create("test")) {
            LiveTable table = plan.apply(pipeline.read(trades().source("trades", 30, 70)));
            table.view();
            pipeline.run();
            return pipeline.steps().get(pipeline.steps().size() - 1).stateBytes();
        }
    }

    @Test
    void equalInputsAreComputedOnce() {
        String three = "sum(counted(v)) as a, mean(counted(v)) as b, max(counted(v)) as c";
        assertThat(calls(f -> f.agg(three))).isEqualTo(ROWS);
        assertThat(calls(f -> f.groupBy("k").agg(three))).isEqualTo(ROWS);
        assertThat(calls(f -> f.window(rows(10)).groupBy("k").agg(three))).isEqualTo(ROWS);
        assertThat(calls(f -> f.agg("sum(v) where counted(v) > 3 as a, max(v) where counted(v) > 3 as b")))
                .isEqualTo(ROWS);
        assertThat(calls(f -> f.agg("sum(counted(v)) as a, sum(counted(v + 1)) as b")))
                .isEqualTo(2 * ROWS);
    }

    @Test
    void oneStateIsOneInBytesToo() {
        long alone = bytes(f -> f.groupBy("k").agg("sum(v)"));
        assertThat(bytes(f -> f.groupBy("k").agg("sum(v), mean(v), count(v)"))).isEqualTo(alone);
        assertThat(bytes(f -> f.groupBy("k").agg("sum(v), max(v)"))).isGreaterThan(alone);
        long moving = bytes(f -> f.window(rows(10)).groupBy("k").agg("var(v)"));
        assertThat(bytes(f -> f.window(rows(10)).groupBy("k").agg("var(v), std(v), sem(v)")))
                .isEqualTo(moving);
    }
}
