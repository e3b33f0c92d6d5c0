package io.streamz.frames.internal.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.streamz.aggregations.Lane;
import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.frames.internal.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random expressions over random rows, cut at random: the kernels against the oracle. */
class EvaluationTest {
    private static final int TRIES = 6_000;
    private static final Pattern ROW = Pattern.compile("at row (\\d+) of the input");

    private final List<String> names = Samples.SCHEMA.names();

    @Test
    void kernelsAgreeWithTheOracle() {
        int[] outcomes = new int[3];
        for (long seed = 1; seed <= TRIES; seed++) {
            Random random = new Random(seed);
            Node node = new RandomTrees(random).any(1 + random.nextInt(4));
            try {
                outcomes[agrees(node, random) ? 0 : 1]++;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + Printer.print(node), e);
            }
        }
        // Most expressions have answers; some overflow.
        assertThat(outcomes[0]).isGreaterThan(TRIES / 2);
        assertThat(outcomes[1]).isGreaterThan(TRIES / 100);
    }

    /** Returns whether there was no overflow. */
    private boolean agrees(Node node, Random random) {
        BoundExpr bound;
        try {
            bound = new Binder(Samples.SCHEMA, "").bind(node);
        } catch (PlanException e) {
            assertThat(e.code()).as(e.getMessage()).isEqualTo("overflow");
            return false;
        }
        boolean answered = true;
        int rows = List.of(0, 1, 2, 63, 64, 65, 130, 300).get(random.nextInt(8));
        Lane[] lanes = Samples.rows(random, rows, random.nextInt(4) > 0, random.nextInt(4) > 0);
        for (int from = 0; from < rows; ) {
            int to = Math.min(rows, from + 1 + random.nextInt(random.nextBoolean() ? 4 : 150));
            answered &= agrees(node, bound, Samples.columns(lanes, from, to));
            from = to;
        }
        return answered;
    }

    private boolean agrees(Node node, BoundExpr bound, Columns in) {
        List<Object> expected = new ArrayList<>();
        List<Integer> overflows = new ArrayList<>();
        for (int row = 0; row < in.rows(); row++) {
            try {
                expected.add(new Oracle(row(in, row)).eval(node));
            } catch (Oracle.Overflow e) {
                expected.add(null);
                overflows.add((int) in.place(row) + 1);
            }
        }
        Lane answer;
        try {
            answer = bound.evaluate(in);
        } catch (DataException e) {
            assertThat(e.getMessage()).startsWith("overflow in ");
            assertThat(rowOf(e)).isEqualTo(overflows.get(0));
            assertThat(bound.answered(in)).isEqualTo(overflows.get(0) - 1 - (int) in.place(0));
            List<Integer> told = new ArrayList<>();
            Lane lenient = bound.evaluate(in, reject -> told.add(rowOf(reject)));
            assertThat(told).isEqualTo(overflows);
            check(bound, lenient, in, expected, reject -> {});
            return false;
        }
        assertThat(overflows).isEmpty();
        check(bound, answer, in, expected, reject -> fail("a reject", reject));
        if (expected.stream().anyMatch(Boolean.class::isInstance)) {
            checkMask(bound, in, expected);
        }
        return true;
    }

    private static int rowOf(DataException error) {
        Matcher row = ROW.matcher(error.getMessage());
        assertThat(row.find()).isTrue();
        return Integer.parseInt(row.group(1));
    }

    private static void check(
            BoundExpr bound, Lane answer, Columns in, List<Object> expected, Consumer<DataException> rejects) {
        assertThat(answer.size()).isEqualTo(in.rows());
        int nulls = 0;
        for (int row = 0; row < in.rows(); row++) {
            Object actual = Oracle.cell(answer, row, bound.type());
            nulls += actual == null ? 1 : 0;
            if (!Oracle.same(expected.get(row), actual)) {
                fail("row %d: expected %s but got %s (%s)", row, expected.get(row), actual, bound.type());
            }
        }
        assertThat(answer.nullCount()).isEqualTo(nulls);
        if (expected.stream().anyMatch(Boolean.class::isInstance)) {
            checkSelection(bound, in, expected, rejects);
        }
    }

    private static void checkSelection(
            BoundExpr bound, Columns in, List<Object> expected, Consumer<DataException> rejects) {
        int[] rows = new int[in.rows()];
        int count = bound.select(in, rows, rejects);
        List<Integer> selected = new ArrayList<>();
        List<Integer> wanted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            selected.add(rows[i]);
        }
        for (int row = 0; row < in.rows(); row++) {
            if (Boolean.TRUE.equals(expected.get(row))) {
                wanted.add(row);
            }
        }
        assertThat(selected).isEqualTo(wanted);
    }

    private static void checkMask(BoundExpr bound, Columns in, List<Object> expected) {
        long[] mask = bound.mask(in);
        for (int row = 0; row < in.rows(); row++) {
            assertThat((mask[row >>> 6] >>> row & 1) != 0).isEqualTo(Boolean.TRUE.equals(expected.get(row)));
        }
    }

    private Map<String, Object> row(Columns in, int row) {
        Map<String, Object> cells = new HashMap<>();
        for (int column = 0; column < names.size(); column++) {
            cells.put(names.get(column), Oracle.cell(in.lane(column), row, Samples.SCHEMA.type(column)));
        }
        return cells;
    }
}
