package io.streamz.aggregations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An aggregation with an object for state, as a user writes one, under the same laws as the built-in ones. */
class ObjectAggregationTest {
    /** The longest of the texts, of equally long ones the one first in order; it forgets, since it counts them all. */
    private static class Longest extends ObjectAggregation<SortedMap<String, Integer>> {
        private final boolean forgets;

        Longest(boolean forgets) {
            super("longest", 1);
            this.forgets = forgets;
        }

        @Override
        public boolean canForget() {
            return forgets;
        }

        @Override
        public DataType resultType(DataType... types) {
            checkInputs(types);
            if (types[0].kind() != Kind.TEXT) {
                throw wrongType("text", types[0]);
            }
            return DataType.INT64;
        }

        @Override
        protected SortedMap<String, Integer> initial(DataType... types) {
            return new TreeMap<>();
        }

        @Override
        protected void onNew(SortedMap<String, Integer> state, Lane[] inputs, int row) {
            state.merge(((TextLane) inputs[0]).text(row), 1, Integer::sum);
        }

        @Override
        protected void onOld(SortedMap<String, Integer> state, Lane[] inputs, int row) {
            state.computeIfPresent(((TextLane) inputs[0]).text(row), (text, times) -> times == 1 ? null : times - 1);
        }

        @Override
        protected void merge(SortedMap<String, Integer> state, SortedMap<String, Integer> other) {
            other.forEach((text, times) -> state.merge(text, times, Integer::sum));
        }

        @Override
        protected void result(SortedMap<String, Integer> state, Lane out, int row) {
            ((LongLane) out).values()[row] =
                    state.keySet().stream().mapToLong(String::length).max().orElseThrow();
        }

        @Override
        protected void write(SortedMap<String, Integer> state, DataOutputStream out) throws IOException {
            out.writeInt(state.size());
            for (Map.Entry<String, Integer> entry : state.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue());
            }
        }

        @Override
        protected SortedMap<String, Integer> read(DataInputStream in, DataType... types) throws IOException {
            var state = new TreeMap<String, Integer>();
            for (int left = in.readInt(); left > 0; left--) {
                state.put(in.readUTF(), in.readInt());
            }
            return state;
        }

        @Override
        protected long bytes(SortedMap<String, Integer> state) {
            return 100L * state.size();
        }
    }

    private static Object text(Random random) {
        return "x".repeat(random.nextInt(6)) + random.nextInt(10);
    }

    private static Object longest(List<Object> all) {
        List<Object> values = Truth.valid(all);
        return values.isEmpty()
                ? null
                : (Object) values.stream()
                        .mapToLong(value -> ((String) value).length())
                        .max()
                        .orElseThrow();
    }

    @Test
    void theLawsHold() throws Exception {
        for (boolean forgets : new boolean[] {false, true}) {
            Laws laws = Laws.of(
                            new Longest(forgets),
                            DataType.UTF8,
                            ObjectAggregationTest::text,
                            ObjectAggregationTest::longest)
                    .exact();
            laws.checkFormula();
            laws.checkCuts();
            laws.checkMerge();
            laws.checkForget();
            laws.checkFree();
        }
    }

    @Test
    void nothingAnswersWhatItIsToldTo() {
        var zeroOfNothing = new Longest(false) {
            @Override
            protected Double resultOfNothing() {
                return 0.0;
            }
        };
        GroupStates states = zeroOfNothing.states(DataType.UTF8);
        var out = new LongLane();
        states.result(null, 1, out, index -> assertThat(index).isNegative());
        assertThat(Lanes.values(out)).containsExactly(0L);
    }

    @Test
    void bytesAreThoseOfTheObjects() {
        GroupStates states = new Longest(false).states(DataType.UTF8);
        states.ensure(1);
        long empty = states.bytes();
        states.add(null, 3, new Lane[] {Lanes.of(DataType.UTF8, "a", "b", "a")}, null);
        assertThat(states.bytes()).isEqualTo(empty + 200);
    }

    @Test
    void stateThatIsNotReadToItsEndIsRefused() throws IOException {
        GroupStates states = new Longest(false).states(DataType.UTF8);
        states.add(null, 1, new Lane[] {Lanes.of(DataType.UTF8, "a")}, null);
        var bytes = new ByteArrayOutputStream();
        states.write(bytes, new int[] {0}, 1);
        var blind = new Longest(false) {
            @Override
            protected SortedMap<String, Integer> read(DataInputStream in, DataType... types) {
                return new TreeMap<>();
            }
        };
        assertThatThrownBy(() -> blind.states(DataType.UTF8).read(new ByteArrayInputStream(bytes.toByteArray())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longest left 11 bytes of its state unread");
    }

    @Test
    void anotherTypeIsRefusedWhenBuilt() {
        assertThatThrownBy(() -> new Longest(false).states(DataType.INT64))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("longest needs text but got int64");
    }
}
