package io.streamz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.cli.Lists.Order;
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
}
