package io.streamz.blackbox.frames;

import static io.streamz.test.Tables.assertTable;
import static io.streamz.test.Tables.frame;
import static io.streamz.test.Tables.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.aggregations.DataType;
import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.frames.BadRows;
import io.streamz.frames.Ndjson;
import io.streamz.frames.Pipeline;
import io.streamz.frames.StreamFrame;
import io.streamz.test.EmptyAllocator;
import io.streamz.test.TableBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A row for each element of a list that is text. */
@ExtendWith(EmptyAllocator.class)
class ExplodeTest {
    private static final int ROWS = 60;

    @TempDir
    private Path folder;

    @Test
    void arraysGiveTheirElements() {
        assertTable(
                rows(
                        frame("i", "tags")
                                .row(1, "[\"a\", \"b c\"]")
                                .row(2, null)
                                .row(3, "[]")
                                .row(4, " [ 1 , -2.5e3, true, null, {\"x\": [1, \"]\"]}, [2,3] ] ")
                                .row(5, "[\"a\\\"\\u00e9\\n\", \"\", \"\\ud83d\\ude00\", 7]"),
                        f -> f.explode("tags")),
                frame("i", "tags")
                        .row(1, "a")
                        .row(1, "b c")
                        .row(2, null)
                        .row(3, null)
                        .row(4, "1")
                        .row(4, "-2.5e3")
                        .row(4, "true")
                        .row(4, null)
                        .row(4, "{\"x\": [1, \"]\"]}")
                        .row(4, "[2,3]")
                        .row(5, "a\"\u00e9\n")
                        .row(5, "")
                        .row(5, "\ud83d\ude00")
                        .row(5, "7"));
    }

    @Test
    void separatedTextsGiveTheirParts() {
        TableBuilder texts = frame("tags", "i")
                .row("a,b", 1)
                .row(null, 2)
                .row("", 3)
                .row(",x,,", 4)
                .row("a, b", 5);
        assertTable(
                rows(texts, f -> f.explode("tags", ",")),
                frame("tags", "i")
                        .row("a", 1)
                        .row("b", 1)
                        .row(null, 2)
                        .row("", 3)
                        .row("", 4)
                        .row("x", 4)
                        .row("", 4)
                        .row("", 4)
                        .row("a", 5)
                        .row(" b", 5));
        assertTable(
                rows(texts, f -> f.filter("i = 5").explode("tags", ", ")),
                frame("tags", "i").row("a", 5).row("b", 5));
    }

    @Test
    void elementsMayHaveAType() {
        assertTable(
                rows(
                        frame("i", "v").row(1, "[1, 2]").row(2, "[null]").row(3, "[\"3\"]"),
                        f -> f.explode("v", DataType.INT64)),
                frame("i", "v").row(1, 1).row(1, 2).row(2, null).row(3, 3));
        assertThatThrownBy(() -> rows(frame("v").row("[1]").row("[2, \"x\"]"), f -> f.explode("v", DataType.INT64)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cannot convert 'x' to int64")
                .hasMessageContaining("at row 2 of the input");
    }

    private static String element(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "null";
            case 1 -> "" + random.nextInt(9);
            case 2 -> "\"a\\\\" + random.nextInt(9) + "\\u00df\"";
            default -> "\"t" + random.nextInt(99) + "\"";
        };
    }

    private static String plain(String element) {
        String text = element.startsWith("\"") ? element.substring(1, element.length() - 1) : element;
        return element.equals("null") ? null : text.replace("\\u00df", "\u00df").replace("\\\\", "\\");
    }

    @Test
    void itIsTheDefinitionWhereverRowsAreCut() {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            TableBuilder rows = frame("k", "tags", "t").row("k", "[\"first\"]", Instant.EPOCH);
            TableBuilder expected = frame("k", "tags", "t").row("k", "first", Instant.EPOCH);
            for (int row = 1; row < ROWS; row++) {
                Instant time = Instant.ofEpochSecond(row + random.nextInt(3));
                List<String> elements = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    elements.add(element(random));
                }
                boolean isNull = random.nextInt(6) == 0;
                rows.row(
                        "k" + row % 4,
                        isNull ? null : elements.stream().collect(Collectors.joining(", ", "[", "]")),
                        time);
                if (isNull || elements.isEmpty()) {
                    expected.row("k" + row % 4, null, time);
                }
                for (String each : isNull ? List.<String>of() : elements) {
                    expected.row("k" + row % 4, plain(each), time);
                }
            }
            assertTable(rows(rows, f -> f.explode("tags")), expected);
            Cuts.never("explode", rows, ROWS, seed, f -> f.explode("tags"));
            Cuts.never(
                    "explode in time",
                    rows,
                    ROWS,
                    seed,
                    f -> f.eventTime("t")
                            .outOfOrder("1s")
                            .explode("tags")
                            .inOrder()
                            .groupBy("tags")
                            .rolling("4s")
                            .agg("count() as n"));
            Cuts.never(
                    "explode behind a filter",
                    rows,
                    ROWS,
                    seed,
                    f -> f.filter("k <> 'k1'").explode("tags").filter("tags > 'a'"));
        }
    }

    @Test
    void listsOfAnswersAndOfFiles() throws IOException {
        Path file = Files.writeString(
                folder.resolve("posts.ndjson"), "{\"id\":1,\"tags\":[\"x\",\"y\"]}\n{\"id\":2,\"tags\":[\"x\"]}\n");
        try (Pipeline pipeline = Pipeline.create("test")) {
            StreamFrame tags =
                    pipeline.read(Ndjson.read(file).nested(Ndjson.Nested.TEXT)).explode("tags");
            var counts = tags.groupBy("tags").agg("count() as n").view();
            var lists = tags.groupBy("id")
                    .agg("collect(tags, 5) as tags")
                    .changes()
                    .explode("tags")
                    .tail(10);
            pipeline.run();
            assertTable(counts.now(), frame("tags", "n").row("x", 2).row("y", 1));
            assertTable(lists.now(), frame("id", "tags").row(1, "x").row(1, "y").row(2, "x"));
        }
    }

    @Test
    void whatIsNoArrayNamesRowAndValue() {
        for (int[] cuts : new int[][] {{}, {1}, {2, 3}, {1, 2, 3}}) {
            List<String> out = new ArrayList<>();
            assertThatThrownBy(() -> {
                        try (Pipeline pipeline = Pipeline.create("test")) {
                            pipeline.read(frame("tags")
                                            .row("[1,2]")
                                            .row("[]")
                                            .row("a,b")
                                            .row("[3")
                                            .source("rows", cuts))
                                    .explode("tags")
                                    .sink(row -> out.add(row.toString()));
                            pipeline.run();
                        }
                    })
                    .as(Arrays.toString(cuts))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(
                            "explode: 'a,b' in column tags is no JSON array, it is no JSON array at row 3")
                    .hasMessageContaining("explode(\"tags\", \",\")");
            assertThat(out).containsExactly("{tags=1}", "{tags=2}", "{tags=null}");
        }
        List<String> told = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.create("test")) {
            pipeline.badRows(BadRows.SKIP).onReject(reject -> told.add(reject.column() + " " + reject.raw()));
            StreamFrame exploded = pipeline.read(
                            frame("tags").row("[1,2]").row("[1] 2").row("[3").source("rows"))
                    .explode("tags");
            List<String> out = new ArrayList<>();
            exploded.sink(row -> out.add(row.toString()));
            pipeline.run();
            assertThat(out).containsExactly("{tags=1}", "{tags=2}", "{tags=null}", "{tags=null}");
            assertThat(exploded.explain()).contains("explode(tags)  [no state", "rows in 3, out 3");
        }
        assertThat(told).containsExactly("tags [1] 2", "tags [3");
    }

    @Test
    void wrongPlansAreRefused() {
        assertThatThrownBy(() -> rows(frame("v").row(1), f -> f.explode("v")))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("explode takes lists as text, and v is int64");
        assertThatThrownBy(() -> rows(frame("v").row("a"), f -> f.explode("w"))).hasMessageContaining("no column 'w'");
        assertThatThrownBy(() -> rows(frame("v").row("a"), f -> f.explode("v", "")))
                .hasMessageContaining("something between the parts");
    }
}
