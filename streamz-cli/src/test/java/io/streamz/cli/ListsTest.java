package io.streamz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.streamz.aggregations.DataType;
import io.streamz.cli.Lists.Order;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListsTest {
    @Test
    void namesAreRawAndKeepTheirBlanks() {
        assertThat(Lists.names("--group-by", "Origin State,  Time of day ,a.b-c:d"))
                .containsExactly("Origin State", "Time of day", "a.b-c:d");
    }

    @Test
    void backticksHoldCommasBlanksAndBackticks() {
        assertThat(Lists.names("--group-by", "`a, b`,` c `,`d``e`,f`g")).containsExactly("a, b", " c ", "d`e", "f`g");
    }

    @Test
    void onlyAnOrderReadsDesc() {
        assertThat(Lists.names("--group-by", "x desc")).containsExactly("x desc");
        assertThat(Lists.orders("--order-by", "x desc, Origin State, `y desc`, `z, desc` DESC, desc, a asc"))
                .containsExactly(
                        new Order("x", true),
                        new Order("Origin State", false),
                        new Order("y desc", false),
                        new Order("z, desc", true),
                        new Order("desc", false),
                        new Order("a asc", false));
    }

    @Test
    void typesMayHoldCommasAndNamesColons() {
        assertThat(Lists.types(
                        "--types",
                        "sym:utf8, qty : int64,ts:timestamp, t:timestamp(ms), d: decimal(20, 2),a:b c:bool,`x,y`:date"))
                .containsExactly(
                        entry("sym", DataType.UTF8),
                        entry("qty", DataType.INT64),
                        entry("ts", DataType.timestamp(ChronoUnit.NANOS)),
                        entry("t", DataType.timestamp(ChronoUnit.MILLIS)),
                        entry("d", DataType.decimal(20, 2)),
                        entry("a:b c", DataType.BOOL),
                        entry("x,y", DataType.DATE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a,,b | --x cannot be read from ',b' on: write name, name",
                "a,   | --x cannot be read from '' on: write name, name",
                "\"\"  | --x cannot be read from '' on: write name, name",
                "`a   | --x cannot be read from '`a' on: write name, name",
                "`a`b | --x cannot be read from '`a`b' on: write name, name",
            })
    void whatCannotBeReadIsRefused(String list, String message) {
        assertThatThrownBy(() -> Lists.names("--x", list))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "a:int           # --types has no type 'int'; there are int64, float64, bool, utf8, date, timestamp, timestamp(s|ms|us|ns) and decimal(digits,scale)",
                "a               # --types cannot be read from 'a' on: write name: type, name: type",
                "a:int64,a:utf8  # --types names 'a' twice",
                "a:decimal(39,2) # --types cannot be read: decimal(39,2) is not a type: 1 to 38 digits, of which at most all stand behind the point",
            })
    void wrongTypesAreRefused(String list, String message) {
        assertThatThrownBy(() -> Lists.types("--types", list))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }
}
