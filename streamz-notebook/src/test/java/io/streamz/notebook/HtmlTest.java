package io.streamz.notebook;

import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.frames.Table;
import org.junit.jupiter.api.Test;

class HtmlTest {
    private static final String ATTACK = "<script>alert('x')</script><img src=x onerror=\"alert(1)\">";

    @Test
    void whateverIsInTheDataIsNoMarkup() {
        String html = Html.table(frame(ATTACK).row(ATTACK).row("a&b\u0000\t").table(), ATTACK);
        assertThat(html).doesNotContain("<script").doesNotContain("<img").doesNotContain("\"alert");
        assertThat(html)
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
                .contains("a&amp;b\u2400\u2409");
    }

    @Test
    void plansAreNoMarkupEither() {
        String html = Html.plan(frame(ATTACK).row("v").table().schema(), "filter(" + ATTACK + ")");
        assertThat(html).doesNotContain("<script").doesNotContain("<img").contains("&lt;script&gt;");
    }

    @Test
    void saysItsShapeNamesAndTypes() {
        String html = Html.table(frame("symbol", "qty").row("A", 1L).table(), "live");
        assertThat(html).contains("shape: (1, 2) · live", ">symbol<br>", ">utf8<", ">qty<br>", ">int64<");
    }

    @Test
    void numbersStandRightTextLeftAndNullsAreFaint() {
        String html = Html.table(frame("k", "v").row("A", 1.5).row(null, null).table(), "");
        assertThat(html).contains("text-align:left\">A</td>", "text-align:right\">1.5</td>");
        assertThat(html).contains("text-align:left;color:#a8adb5\">null</td>");
    }

    @Test
    void pointsOfFloatsStandBelowEachOther() {
        Table table = frame("v")
                .row(1.0)
                .row(163.38259292837716)
                .row(-0.5)
                .row(1e300)
                .row(1e-7)
                .row(0.0)
                .row(Double.NaN)
                .row(Double.POSITIVE_INFINITY)
                .table();
        assertThat(CellTexts.of(table, 0, 8, 0))
                .containsExactly(
                        "1.000000", "163.382593", "-0.500000", "1.0E300", "1.0E-7", "0.000000", "NaN", "Infinity");
        assertThat(CellTexts.of(frame("v").row(1.25).row(2.0).table(), 0, 2, 0)).containsExactly("1.25", "2.00");
        assertThat(CellTexts.of(frame("v").row(1L).row(2L).table(), 0, 1, 1)).containsExactly("1", "2");
    }

    @Test
    void ofManyRowsTheFirstAndTheLastAreShown() {
        var rows = frame("v");
        for (long i = 0; i < 1000; i++) {
            rows.row(i);
        }
        String html = Html.table(rows.table(), "");
        assertThat(html).contains("shape: (1000, 1)", ">0</td>", ">9</td>", "… 980 rows …", ">990</td>", ">999</td>");
        assertThat(html).doesNotContain(">10</td>").doesNotContain(">989</td>");
        assertThat(html.split("<tr", -1)).hasSize(1 + 1 + 20 + 1);
    }

    @Test
    void longTextIsCut() {
        String html = Html.table(frame("v").row("😀".repeat(5000)).table(), "");
        assertThat(html).contains("😀…</td>").hasSizeLessThan(2000);
    }

    @Test
    void aTableWithoutRowsHasAHead() {
        assertThat(Html.table(frame("v").row(1L).table().head(0), "")).contains("shape: (0, 1)", ">v<br>");
    }
}
