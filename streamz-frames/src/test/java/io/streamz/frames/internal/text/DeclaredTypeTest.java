package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types as text. */
final class DeclaredTypeTest {
    @Test
    void aListOfTypes() {
        assertThat(
                        DeclaredType.list(
                                " sym:utf8, qty:int64,ts:timestamp, t : timestamp( ms ) , d:decimal(20,2), `a,b`:bool, two words:date,x:y:int8,"))
                .containsExactly(
                        new DeclaredType("sym", DataType.UTF8, false),
                        new DeclaredType("qty", DataType.INT64, false),
                        new DeclaredType("ts", DataType.timestamp(ChronoUnit.NANOS), false),
                        new DeclaredType("t", DataType.timestamp(ChronoUnit.MILLIS), true),
                        new DeclaredType("d", DataType.decimal(20, 2), false),
                        new DeclaredType("a,b", DataType.BOOL, false),
                        new DeclaredType("two words", DataType.DATE, false),
                        new DeclaredType("x:y", DataType.INT8, false));
    }

    @Test
    void everyTypeReadsAsItPrints() {
        String text =
                "bool,int8,int16,int32,int64,float32,float64,utf8,date,timestamp(s),timestamp(ns),time(ms),duration(us),decimal(38,0)";
        int[] number = {0};
        String named = Arrays.stream(text.split(",(?=[a-z])", -1))
                .map(type -> "c" + number[0]++ + ":" + type)
                .collect(Collectors.joining(","));
        assertThat(DeclaredType.list(named).stream()
                        .map(type -> type.type().toString())
                        .collect(Collectors.joining(",")))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "qty, is not of the form column:type",
        "qty:int, no type 'int' for column 'qty'",
        "q:decimal(39;2), no type 'decimal(39;2)'",
        "q:timestamp(m), no type",
        "q:binary, the types are int64"
    })
    void wrongTypesAreNamed(String text, String message) {
        assertThatThrownBy(() -> DeclaredType.list(text))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining(message);
    }

    @Test
    void decimalsHaveUpTo38DigitsAndNoColumnTwoTypes() {
        assertThatThrownBy(() -> DeclaredType.list("q:decimal(39,2)"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("1 to 38 digits");
        assertThatThrownBy(() -> DeclaredType.list("q:decimal(2,3)"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("1 to 38 digits");
        assertThatThrownBy(() -> DeclaredType.list("q:int64,q:utf8"))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("two types");
    }
}
