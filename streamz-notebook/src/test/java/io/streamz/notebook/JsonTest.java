package io.streamz.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void writesWhatChartsAreMadeOf() {
        assertThat(Json.of(Map.of("a", List.of(1, 2.5, true, "x")))).isEqualTo("{\"a\":[1,2.5,true,\"x\"]}");
        assertThat(Json.of(List.of(Map.of(), List.of(), new double[] {1, 1e300, -0.5}, new double[0])))
                .isEqualTo("[{},[],[1,1E+300,-0.5],[]]");
        assertThat(Json.of(null)).isEqualTo("null");
    }

    @Test
    void timesAreNotRounded() {
        assertThat(Json.of(new double[] {1772443800000.25, 1772443800123.0, 100.947149123456, 1e-9}))
                .isEqualTo("[1772443800000.25,1772443800123,100.947149,1E-9]");
    }

    @Test
    void whatIsNoNumberIsAGap() {
        assertThat(Json.of(new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1}))
                .isEqualTo("[null,null,1]");
    }

    @Test
    void textCannotLeaveTheScript() {
        assertThat(Json.of("</script><b>\"\\\n\u2028&"))
                .isEqualTo("\"\\u003c/script\\u003e\\u003cb\\u003e\\u0022\\u005c\\u000a\\u2028\\u0026\"");
    }
}
