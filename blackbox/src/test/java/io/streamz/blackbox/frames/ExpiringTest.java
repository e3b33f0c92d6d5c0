package io.streamz.blackbox.frames;

import static io.streamz.frames.ChangeColumn.OP;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.rows;
import static io.streamz.test.Tables.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.PlanException;
import io.streamz.frames.ExpiringFrame;
import io.streamz.frames.GroupedFrame;
import io.streamz.frames.LiveTable;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Row;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.frames.View;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Groups that leave when they are old or too many, against a map that is looked through in full at each row. */
@ExtendWith(EmptyAllocator.class)
class ExpiringTest {
    record Item(String k, long v, Instant t) {}

    private static final int ROWS = 80;
    private static final int SEEDS = 40;

    /** Keys of a few, some null, times that mostly go on. */
    private static List<Item> items(int seed) {
        Random random = new Random(seed);
        List<Item> items = new ArrayList<>();
        long time = 0;
        for (int row = 0; row < ROWS; row++) {
            time += random.nextInt(5) - 1;
            String key = random.nextInt(9) == 0 ? null : "k" + random.nextInt(6);
            items.add(new Item(key, random.nextInt(20), Instant.ofEpochSecond(time)));
        }
        return items;
    }

    private static TableBuilder table(List<Item> items) {
        TableBuilder table = frame("k", "v", "t");
        items.forEach(item -> table.row(item.k, item.v, item.t));
        return table;
    }

    private static final class Group {
        long sum;
        long count;
        long last;
        long turn;

        String row(String key) {
            return "{k=" + key + ", s=" + sum + ", n=" + count + "}";
        }
    }

    /** What stands at the end, after the rows of what left. */
    private static List<List<String>> expected(List<Item> items, long most, long patience) {
        Map<String, Group> groups = new LinkedHashMap<>();
        List<String> left = new ArrayList<>();
        long now = Long.MIN_VALUE;
        long turn = 0;
        for (Item item : items) {
            now = Math.max(now, item.t.getEpochSecond());
            while (true) {
                String oldest = oldest(groups);
                boolean old = !groups.isEmpty() && patience > 0 && groups.get(oldest).last <= now - patience;
                boolean crowded = !groups.containsKey(item.k) && groups.size() >= most;
                if (!old && !crowded) {
                    break;
                }
                left.add(groups.remove(oldest).row(oldest));
            }
            Group group = groups.computeIfAbsent(item.k, key -> new Group());
            group.sum += item.v;
            group.count++;
            group.last = now;
            groups.put(item.k, group);
            group.turn = ++turn;
        }
        List<String> standing = new ArrayList<>();
        groups.forEach((key, group) -> standing.add(group.row(key)));
        return List.of(standing, left);
    }

    private static String oldest(Map<String, Group> groups) {
        String oldest = null;
        long least = Long.MAX_VALUE;
        for (String key : groups.keySet()) {
            if (groups.get(key).turn < least) {
                least = groups.get(key).turn;
                oldest = key;
            }
        }
        return oldest;
    }

    private static LiveTable plan(StreamFrame f, long most, long patience) {
        GroupedFrame groups = f.eventTime("t").groupBy("k");
        ExpiringFrame limited = most == Long.MAX_VALUE ? null : groups.maxKeys(most);
        if (patience > 0) {
            Duration time = Duration.ofSeconds(patience);
            limited = limited == null ? groups.expireAfter(time) : limited.expireAfter(time);
        }
        return limited.agg("sum(v) as s, count() as n");
    }

    private static List<String> texts(Table table) {
        return table.toRows().stream().map(Row::toString).toList();
    }

    @Test
    void whatLeavesAndWhatStandsAgreeWithAMap() {
        for (int seed = 0; seed < SEEDS; seed++) {
            List<Item> items = items(seed);
            for (long most : new long[] {1, 3, Long.MAX_VALUE}) {
                for (long patience : new long[] {0, 1, 7}) {
                    if (most == Long.MAX_VALUE && patience == 0) {
                        continue;
                    }
                    List<List<String>> expected = expected(items, most, patience);
                    assertThat(texts(run(table(items), f -> plan(f, most, patience))))
                            .as("seed %d, most %d, patience %d", seed, most, patience)
                            .isEqualTo(expected.get(0));
                    assertThat(texts(rows(
                                    table(items), f -> plan(f, most, patience).evicted())))
                            .as("evicted, seed %d, most %d, patience %d", seed, most, patience)
                            .isEqualTo(expected.get(1));
                }
            }
        }
    }

    @Test
    void cutsDoNotShow() {
        TableBuilder items = table(items(3));
        Function<StreamFrame, LiveTable> plan =
                f -> f.eventTime("t").groupBy("k").expireAfter("9s").maxKeys(4).agg("sum(v), mean(v), median(v)");
        Cuts.neverInTables("expiring", items, ROWS, 5, plan);
        Cuts.never("evicted", items, ROWS, 6, f -> plan.apply(f).evicted());
    }

    @Test
    void changesAddUpToTheView() {
        for (int seed = 0; seed < SEEDS; seed++) {
            try (var pipeline = Pipeline.create("test")) {
                var input = pipeline.input(Item.class).flushEvery(3, Duration.ofDays(1));
                LiveTable table = plan(input.frame(), 3, 7);
                View view = table.view();
                View top = table.sort("s desc").head(2).view();
                Map<Object, String> replayed = new LinkedHashMap<>();
                table.changes(OP).sink(row -> {
                    if (row.text("op").equals("delete")) {
                        assertThat(replayed.remove(row.value("k"))).isNotNull();
                    } else {
                        String before = replayed.put(row.value("k"), row.value("s") + " " + row.value("n"));
                        assertThat(before == null).isEqualTo(row.text("op").equals("insert"));
                    }
                });
                pipeline.start();
                int row = 0;
                for (Item item : items(seed)) {
                    input.emit(item);
                    if (++row % 3 == 0) {
                        Map<Object, String> now = new LinkedHashMap<>();
                        view.now()
                                .toRows()
                                .forEach(each -> now.put(each.value("k"), each.value("s") + " " + each.value("n")));
                        assertThat(replayed).as("seed %d, row %d", seed, row).isEqualTo(now);
                        assertThat(top.now().rows()).isEqualTo(Math.min(2, now.size()));
                    }
                }
            }
        }
    }

    @Test
    void wrongPlansSayWhatIsRight() {
        try (var pipeline = Pipeline.create("test")) {
            StreamFrame f = pipeline.input(Item.class).frame();
            assertThatThrownBy(() -> f.groupBy("k").expireAfter("1h").agg("count()"))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("expireAfter needs event time");
            assertThatThrownBy(() -> f.groupBy("k").maxKeys(0))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("maxKeys(0) keeps no key");
            assertThatThrownBy(() -> f.groupBy("k").agg("count()").evicted())
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("evicted() stands behind");
            assertThat(f.eventTime("t")
                            .groupBy("k")
                            .expireAfter("1h")
                            .maxKeys(9)
                            .agg("count()")
                            .explain())
                    .contains("groupBy(k).expireAfter(1h).maxKeys(9).agg(count())")
                    .contains("state of one row per key, for at most 9 keys with a row in the last 1h");
        }
    }
}
