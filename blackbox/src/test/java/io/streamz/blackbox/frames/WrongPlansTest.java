package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.col;
import static io.streamz.frames.Frames.count;
import static io.streamz.frames.Frames.sum;
import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.streamz.core.PlanException;
import io.streamz.frames.Pipeline;
import io.streamz.frames.StreamFrame;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A plan that cannot be right is refused on the line that builds it, before anything runs, with what would be right. */
class WrongPlansTest {
    record Pair(String k, long v) {}

    record WrongType(String k, int v) {}

    record Narrow(String k, double w) {}

    record Unreadable(List<String> list, BigInteger big) {}

    record Twice(double v, double vSum) {}

    private static Arguments wrong(String plan, Consumer<StreamFrame> code, String... parts) {
        return Arguments.of(plan, code, parts);
    }

    static Stream<Arguments> plans() {
        return Stream.of(
                wrong("filter of a missing column", f -> f.filter("vv > 1"), "no column 'vv'", "'v'"),
                wrong("filter that is no condition", f -> f.filter("v + 1"), "filter", "int64"),
                wrong("filter of text and number", f -> f.filter("k > 1"), "utf8", "int64"),
                wrong("filter that does not parse", f -> f.filter("v >"), "v >"),
                wrong("assign from a missing column", f -> f.assign("w", "x + 1"), "no column 'x'"),
                wrong("assign of a text as a number", f -> f.assign("w", col("k").add(1)), "utf8"),
                wrong("assign of an unknown function", f -> f.assign("w", "foo(v)"), "foo"),
                wrong("select of a missing column", f -> f.select("k", "w"), "no column 'w'"),
                wrong("select of an unnamed expression", f -> f.select("v + 1"), "has no name", "as(\"name\")"),
                wrong("select of one name twice", f -> f.select("k", "v as k"), "two columns are named 'k'"),
                wrong("drop of a missing column", f -> f.drop("w"), "no column 'w'"),
                wrong("rename of a missing column", f -> f.rename("w", "x"), "no column 'w'"),
                wrong("rename to a name that is there", f -> f.rename("k", "v"), "two columns are named 'v'"),
                wrong("groupBy nothing", f -> f.groupBy(), "at least one column"),
                wrong("groupBy a missing column", f -> f.groupBy("key"), "no column 'key'"),
                wrong("groupBy one column twice", f -> f.groupBy("k", "k"), "'k' twice"),
                wrong("agg of nothing", f -> f.groupBy("k").agg(), "at least one aggregate"),
                wrong("agg of a missing column", f -> f.agg("sum(w)"), "no column 'w'"),
                wrong("agg of text as a number", f -> f.agg(sum("k")), "sum needs", "utf8"),
                wrong("agg of an unknown function", f -> f.agg("summ(v)"), "summ", "sum"),
                wrong("agg of an unnamed expression", f -> f.agg("sum(v + 1)"), "as"),
                wrong("two aggregates of one name", f -> f.agg("sum(v), sum(v)"), "two columns are named 'v_sum'"),
                wrong("an aggregate named as a key", f -> f.groupBy("k").agg(count().as("k")), "named 'k'"),
                wrong("an aggregate where no condition", f -> f.agg(sum("v").where("v")), "where"),
                wrong("tail of no rows", f -> f.tail(0), "tail(0) keeps no rows"),
                wrong("plot of a missing column", f -> f.plot().line("v", "w"), "no column 'w'"),
                wrong("plot of text as a number", f -> f.plot().line("v", "k"), "'k' is utf8", "numbers"),
                wrong("plot of nothing", f -> f.plot().bar("k"), "nothing to draw over 'k'"),
                wrong("plot by a missing column", f -> f.plot().line("v", "v").by("kk"), "no column 'kk'", "'k'"),
                wrong("histogram by groups", f -> f.plot().histogram("v").by("k"), "HISTOGRAM shows one group"),
                wrong("histogram without ranges", f -> f.plot().histogram("v", 0), "0 ranges"),
                wrong("plot without a size", f -> f.plot().line("v", "v").size(0, 1), "a width of 0"),
                wrong("records of no record", f -> f.records(String.class), "String is not a record"),
                wrong("records with a missing column", f -> f.records(Narrow.class), "no column 'w'"),
                wrong(
                        "records of another type",
                        f -> f.records(WrongType.class),
                        "component 'v' of WrongType is a int, but column 'v' is int64",
                        "long or Long"),
                wrong(
                        "changes of another type",
                        f -> f.agg("sum(v) as v, count() as v_sum").changes(Twice.class),
                        "is a double, but column",
                        "int64"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void isRefused(String plan, Consumer<StreamFrame> code, String[] parts) {
        try (var pipeline = Pipeline.create("test")) {
            StreamFrame rows = pipeline.read(frame("k", "v").row("a", 1).source("rows"));
            Throwable thrown = catchThrowable(() -> code.accept(rows));
            assertThat(thrown).isInstanceOf(PlanException.class);
            assertThat(thrown.getMessage()).contains(parts);
            assertThat(((PlanException) thrown).code()).matches("[a-z]+(-[a-z]+)*");
        }
    }

    static Stream<Arguments> pipelines() {
        return Stream.of(
                Arguments.of(
                        "no record",
                        (Consumer<Pipeline>) p -> p.input(Integer.class),
                        "java.lang.Integer is not a record"),
                Arguments.of(
                        "no column",
                        (Consumer<Pipeline>) p -> p.input(Unreadable.class),
                        "component 'list' of Unreadable is a List, which is no column"),
                Arguments.of(
                        "no rows to flush",
                        (Consumer<Pipeline>) p -> p.input(Pair.class).flushEvery(0, Duration.ofMillis(1)),
                        "flushEvery(0, PT0.001S) asks for no rows"),
                Arguments.of(
                        "flush after the frame",
                        (Consumer<Pipeline>) p -> {
                            var input = p.input(Pair.class);
                            input.frame();
                            input.flushEvery(10, Duration.ofMillis(1));
                        },
                        "flushEvery comes after frame()"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pipelines")
    void isRefusedAtItsBeginning(String plan, Consumer<Pipeline> code, String part) {
        try (var pipeline = Pipeline.create("test")) {
            assertThat(catchThrowable(() -> code.accept(pipeline)))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining(part);
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void nothingWasAttached(String plan, Consumer<StreamFrame> code, String[] parts) {
        try (var pipeline = Pipeline.create("test")) {
            StreamFrame rows = pipeline.read(frame("k", "v").row("a", 1).source("rows"));
            String before = rows.explain();
            assertThatThrownBy(() -> code.accept(rows)).isInstanceOf(PlanException.class);
            assertThat(rows.explain()).isEqualTo(before);
            pipeline.run();
        }
    }
}
