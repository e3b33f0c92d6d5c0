package io.streamz.blackbox.frames;

import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import io.streamz.frames.BadRows;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Reject;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.test.TableBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that does not fit in the middle of an expression: the pipeline fails, or the cell is null and told of. */
class BadValuesTest {
    private static final long MOST = Long.MAX_VALUE;

    /** A plan, and its table where such values are left out. */
    static Stream<Arguments> plans() {
        return Stream.of(
                plan(
                        "filter",
                        f -> f.filter("v + 1 > 0").agg("count(), min(v)"),
                        frame("count", "v_min").row(3, 3)),
                plan(
                        "assign",
                        f -> f.assign("w", "v + 1").agg("count(), count(w), sum(w)"),
                        frame("count", "w_count", "w_sum").row(5, 3, 18)),
                plan(
                        "aggregate",
                        f -> f.agg("count(), sum(v + 1) as s"),
                        frame("count", "s").row(5, 18)),
                plan(
                        "condition of an aggregate",
                        f -> f.agg("count(), sum(v) where v + 1 > 0 as s"),
                        frame("count", "s").row(5, 15)));
    }

    private static Arguments plan(String name, Function<StreamFrame, LiveTable> plan, TableBuilder expected) {
        return Arguments.of(name, plan, expected);
    }

    private static TableBuilder rows() {
        return frame("k", "v")
                .row("a", 3)
                .row("b", MOST)
                .row("c", 5)
                .row("d", MOST)
                .row("e", 7);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void failsByDefault(String name, Function<StreamFrame, LiveTable> plan, TableBuilder unused) {
        try (var pipeline = Pipeline.create("test")) {
            plan.apply(pipeline.read(rows().source("rows"))).view();
            assertThatThrownBy(pipeline::run)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("overflow")
                    .hasMessageContaining("v + 1");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void isNullAndToldOfWhereAsked(String name, Function<StreamFrame, LiveTable> plan, TableBuilder expected) {
        for (int[] cuts : new int[][] {{}, {1, 2, 3, 4}, {2}}) {
            List<Reject> rejects = new ArrayList<>();
            try (var pipeline = Pipeline.create("test").badRows(BadRows.SKIP).onReject(rejects::add)) {
                LiveTable table = plan.apply(pipeline.read(rows().source("rows", cuts)));
                var view = table.view();
                pipeline.run();
                assertTable(view.now(), expected);
            }
            assertThat(rejects)
                    .hasSize(2)
                    .allSatisfy(reject -> assertThat(reject.reason()).contains("overflow in v + 1"));
        }
    }

    @Test
    void aRowThatAFilterRejectsIsCounted() {
        try (var pipeline = Pipeline.create("test").badRows(BadRows.SKIP)) {
            var big = pipeline.read(rows().source("rows")).filter("v + 1 > 5");
            big.agg("count()").view();
            pipeline.run();
            assertThat(big.explain()).contains("rows in 5, out 2, filtered 1, rejected 2");
        }
    }

    @Test
    void aDataErrorInAnExpressionLeavesTheStateWhole() {
        record Value(long v) {}
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(Value.class);
            var view = input.frame().agg("count(), sum(v + 1) as s").view();
            pipeline.start();
            input.emit(new Value(1));
            assertThatThrownBy(() -> input.emit(new Value(MOST))).isInstanceOf(DataException.class);
            input.emit(new Value(2));
            Table now = view.now();
            assertTable(now, frame("count", "s").row(2, 5));
        }
    }
}
