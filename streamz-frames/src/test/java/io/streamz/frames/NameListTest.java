package io.streamz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.PlanException;
import io.streamz.frames.NameList.Order;
import org.junit.jupiter.api.Test;

class NameListTest {
    @Test
    void namesAreRawAndSplitAtCommas() {
        assertThat(NameList.parse("symbol, trade date ,`a,b`,`c``d`,e`f, g desc"))
                .containsExactly("symbol", "trade date", "a,b", "c`d", "e`f", "g desc");
    }

    @Test
    void anOrderMayDescend() {
        assertThat(NameList.orders("a, trade date DESC,`a,b` desc, `c desc`,desc, `d`"))
                .containsExactly(
                        new Order("a", false),
                        new Order("trade date", true),
                        new Order("a,b", true),
                        new Order("c desc", false),
                        new Order("desc", false),
                        new Order("d", false));
    }

    @Test
    void wrongListsAreRefused() {
        assertThatThrownBy(() -> NameList.parse("a,,b"))
                .isInstanceOf(PlanException.class)
                .hasMessage("a name is empty in the list of names 'a,,b'; names are split at commas");
        assertThatThrownBy(() -> NameList.parse("")).hasMessageStartingWith("a name is empty");
        assertThatThrownBy(() -> NameList.parse("`a")).hasMessageStartingWith("a backtick is not closed");
        assertThatThrownBy(() -> NameList.parse("`a` b")).hasMessageStartingWith("expected a comma behind `a`");
        assertThatThrownBy(() -> NameList.orders("`a` asc"))
                .hasMessageStartingWith("expected desc or a comma behind `a`");
    }
}
