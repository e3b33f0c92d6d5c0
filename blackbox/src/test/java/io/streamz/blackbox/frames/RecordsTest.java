package io.streamz.blackbox.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import io.streamz.frames.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes in as a record comes out as an equal one. */
class RecordsTest {
    private enum Side {
        BUY,
        SELL
    }

    private record Primitives(boolean t, byte b, short s, int i, long l, float f, double d) {}

    private record Objects(
            Boolean t,
            Byte b,
            Short s,
            Integer i,
            Long l,
            Float f,
            Double d,
            String text,
            Side side,
            LocalDate date,
            LocalTime time,
            Instant instant,
            Duration duration) {}

    private record Wider(Long b, long s, long i, double f, Long instant, Object text) {}

    private record Narrow(long l) {}

    private enum Other {
        SELL
    }

    private record OtherSide(Other side) {}

    private static final Objects FULL = new Objects(
            false,
            (byte) -128,
            (short) -32768,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            Float.MIN_VALUE,
            -0.0,
            "Größe 𝄞",
            Side.SELL,
            LocalDate.of(1582, 10, 4),
            LocalTime.MAX,
            Instant.parse("1969-12-31T23:59:59.999999999Z"),
            Duration.ofNanos(-1));
    private static final Objects EMPTY =
            new Objects(null, null, null, null, null, null, null, null, null, null, null, null, null);

    private static <T, R> List<R> through(Class<T> in, Class<R> out, List<T> records) {
        List<R> result = new ArrayList<>();
        try (var pipeline = Pipeline.create("test")) {
            var input = pipeline.input(in);
            input.frame().records(out).sink(result::add);
            pipeline.start();
            records.forEach(input::emit);
        }
        return result;
    }

    @Test
    void everyTypeOfComponentComesBack() {
        var rows = List.of(
                new Primitives(true, (byte) 1, (short) 2, 3, 4, 0.5f, Double.NaN),
                new Primitives(false, (byte) -1, (short) -2, -3, -4, -0.0f, Double.MIN_VALUE));
        assertThat(through(Primitives.class, Primitives.class, rows)).isEqualTo(rows);
        var objects = List.of(FULL, EMPTY, FULL);
        assertThat(through(Objects.class, Objects.class, objects)).isEqualTo(objects);
    }

    @Test
    void aWiderComponentTakesTheColumnToo() {
        assertThat(through(Objects.class, Wider.class, List.of(FULL)))
                .containsExactly(new Wider(-128L, -32768, Integer.MIN_VALUE, Float.MIN_VALUE, -1L, "Größe 𝄞"));
    }

    @Test
    void aNullIsNoPrimitiveAndATextNoOtherConstant() {
        assertThatThrownBy(() -> through(Objects.class, Narrow.class, List.of(EMPTY)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a null in column 'l' cannot be a primitive")
                .hasMessageContaining("Long");
        var buy = new Objects(null, null, null, null, null, null, null, null, Side.BUY, null, null, null, null);
        assertThatThrownBy(() -> through(Objects.class, OtherSide.class, List.of(buy)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'BUY' in column 'side' is no Other");
    }
}
