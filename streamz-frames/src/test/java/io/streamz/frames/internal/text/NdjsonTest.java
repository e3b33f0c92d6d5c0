package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamz.core.DataException;
import io.streamz.frames.BadRows;
import io.streamz.frames.CsvOf;
import io.streamz.frames.Drift;
import io.streamz.frames.Ndjson;
import io.streamz.frames.Ndjson.Nested;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Reject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NDJSON line by line: types, nulls, names, bad rows, and the same rows however the bytes come. */
final class NdjsonTest {
    private static final long SEED = 20261128;
    private static final List<String> VALUES = List.of(
            "1",
            "-17",
            "3.25",
            "1e3",
            "0",
            "-0.0",
            "true",
            "false",
            "null",
            "\"\"",
            "\"a\"",
            "\"x\\ny\"",
            "\"\\u00e9\"",
            "\"\\ud83d\\ude00\"",
            "\"\u00e9\ud83d\ude00\"",
            "\"\\\"q\\\\\\/\"",
            "\"2024-01-02\"",
            "9007199254740993",
            "\"\\u0000\"",
            "123456789012345678901234567890");
    private static final List<String> BAD = List.of(
            "01",
            "+1",
            ".5",
            "1.",
            "1e",
            "tru",
            "nul",
            "\"a",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "",
            "NaN",
            "'a'",
            "\"\t\"",
            "-",
            "1 2");

    @TempDir
    private Path directory;

    private static Ndjson ndjson(String text) {
        return Ndjson.read(TextRows.stream(text), "test.ndjson");
    }

    @Test
    void columnsAndTypesAreLearnt() {
        Ndjson rows = ndjson("""
                {"i":1,"f":1,"b":true,"s":"1","d":"2024-01-02","t":"2024-01-02T03:04:05Z","n":null,"m":1,"w":"NaN"}
                {"f":2.5,"i":-3,"new":"x","m":"a","w":1}
                """);
        assertThat(rows.schema().toString())
                .isEqualTo("[i: int64, f: float64, b: bool, s: utf8, d: date, t: timestamp(ns), n: utf8, m: utf8, "
                        + "w: float64, new: utf8]");
        assertThat(TextRows.rows(rows))
                .containsExactly("1|1.0|true|1|2024-01-02|2024-01-02T03:04:05Z|-|1|NaN|-", "-3|2.5|-|-|-|-|-|a|1.0|x");
    }

    @Test
    void aDeclaredTypeReadsTheTextOfAValueInQuotesOrNot() {
        Ndjson rows = ndjson("{\"a\":\"12\",\"b\":1.50,\"c\":5}\n{\"a\":13,\"b\":\"2\",\"c\":\"x\"}\n")
                .types("a:int64,b:decimal(10,2),c:utf8,later:int64");
        assertThat(TextRows.rows(rows)).containsExactly("12|1.50|5|-", "13|2.00|x|-");
    }

    @Test
    void emptyLinesAndBlanksAreNoRows() {
        assertThat(TextRows.rows(ndjson("\ufeff\n { \"a\" : 1 , \"b\" : \"\" } \r\n\n{}\r\n{\"a\":2}")))
                .containsExactly("1|", "-|-", "2|-");
    }

    @Test
    void aBadLineIsABadRow() {
        List<Reject> rejects = new ArrayList<>();
        Ndjson rows = ndjson(
                        "{\"a\":1}\n[1]\n{\"a\":2,\"a\":3}\n{\"a\":\"x\"}\n{\"z\":1}\n{\"a\":[1]}\n{\"a\":4} 5\n{\"a\":6}\n")
                .badRows(BadRows.SKIP)
                .types("a:int64")
                .onReject(rejects::add);
        // What the first rows teach would name z as a column; a file that follows has it as a stranger.
        assertThat(TextRows.rows(rows.nested(Nested.TEXT))).contains("1|-", "-|1", "6|-");
        assertThat(rejects)
                .extracting(Reject::reason, Reject::line, Reject::raw)
                .contains(
                        tuple("it is no JSON object", 2L, "[1]"),
                        tuple("'a' stands twice in it", 3L, "{\"a\":2,\"a\":3}"),
                        tuple("'\"x\"' is not int64", 4L, "{\"a\":\"x\"}"),
                        tuple("there is text behind the object", 7L, "{\"a\":4} 5"));
        assertThatThrownBy(() -> TextRows.rows(ndjson("{\"a\":1}\nnope\n")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("test.ndjson, line 2: it is no JSON object: 'nope'");
        assertThatThrownBy(() -> TextRows.rows(ndjson("a,b\n1,2\n")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("test.ndjson, line 1: it is no JSON object");
    }

    @Test
    void nestedValuesAreRefusedOrKeptAsText() {
        String text = "{\"a\":1,\"b\":{\"c\":[1, 2]}}\n{\"a\":2,\"b\":[]}\n";
        assertThatThrownBy(() -> TextRows.rows(ndjson(text)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("test.ndjson, line 1, column 'b': an object");
        assertThat(TextRows.rows(ndjson(text).nested(Nested.TEXT))).containsExactly("1|{\"c\":[1, 2]}", "2|[]");
        assertThatThrownBy(() -> TextRows.rows(ndjson("{\"a\":" + "[".repeat(101) + "]".repeat(101) + "}")
                        .nested(Nested.TEXT)))
                .hasMessageContaining("nested more than 100 deep");
    }

    @Test
    void namesThatAppearLaterAreDrift() throws IOException {
        Path file = directory.resolve("a.ndjson");
        Files.writeString(file, "{\"a\":1}\n");
        Ndjson strict = Ndjson.tail(file);
        Ndjson loose = strict.drift(Drift.NULL);
        assertThat(strict.schema()).isEqualTo(loose.schema());
        Files.writeString(file, "{\"a\":2,\"b\":3}\n{\"a\":4}\n", StandardOpenOption.APPEND);
        try (Followed followed = new Followed(loose)) {
            assertThat(followed.look()).containsExactly("1", "2", "4");
        }
        try (Followed followed = new Followed(strict)) {
            assertThatThrownBy(followed::look).hasMessageContaining("line 2: 'b' is no column");
        }
    }

    @Test
    void followedThroughHalfLinesRotationAndRestarts() throws Exception {
        Path file = directory.resolve("app.ndjson");
        Files.writeString(file, "{\"a\":1}\n{\"a\":");
        try (Followed followed = new Followed(Ndjson.tail(file))) {
            assertThat(followed.look()).containsExactly("1");
            Files.writeString(file, "2}\n{\"a\":3}", StandardOpenOption.APPEND);
            assertThat(followed.look()).containsExactly("1", "2");
            followed.restart();
            Files.move(file, directory.resolve("app.ndjson.1"));
            Files.writeString(file, "{\"a\":4}\n");
            assertThat(followed.lookTwice()).containsExactly("1", "2", "3", "4");
            followed.restart();
            Files.writeString(file, "{\"a\":5}\n", StandardOpenOption.APPEND);
            assertThat(followed.look()).containsExactly("1", "2", "3", "4", "5");
        }
        assertThat(TextRows.rows(Ndjson.read(directory))).containsExactly("4", "5");
    }

    @Test
    void whatIsWrittenReadsBackAsTheSameRows() throws IOException {
        String text =
                "{\"i\":-1,\"f\":1.0E10,\"t\":\"a\\\"b\\\\c\\n\\u0001\u00e9\",\"n\":null,\"b\":true,\"w\":\"NaN\","
                        + "\"d\":\"2024-02-29\",\"m\":1.50}\n";
        String types = "i:int64,f:float64,t:utf8,n:int64,b:bool,w:float64,d:date,m:decimal(5,2)";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Pipeline pipeline = Pipeline.create("copy")) {
            pipeline.read(ndjson(text).types(types)).sink(Ndjson.to(out));
            pipeline.run();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(text);
        new ObjectMapper().readTree(out.toByteArray());
    }

    /** Objects of random values, some of them wrong: those that Jackson reads are rows, with its values. */
    @Test
    void sameRowsAsJackson() throws IOException {
        ObjectMapper jackson = new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);
        jackson.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        Random random = new Random(SEED);
        for (int attempt = 0; attempt < Integer.getInteger("streamz.tries", 200); attempt++) {
            StringBuilder text = new StringBuilder("{\"a\":null,\"b\":null,\"\u00e9\":null}\n");
            List<String> expected = new ArrayList<>(List.of("-|-|-"));
            for (int line = 0; line < 20; line++) {
                String object = object(random);
                text.append(object).append('\n');
                String row = row(jackson, object);
                if (row != null) {
                    expected.add(row);
                }
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            Ndjson rows = CsvOf.json(new CutOrigin(bytes, random), "test.ndjson")
                    .types("a:utf8,b:utf8,\u00e9:utf8")
                    .badRows(BadRows.SKIP);
            assertThat(TextRows.rows(rows))
                    .as("attempt %s of seed %s: %s", attempt, SEED, text)
                    .isEqualTo(expected);
        }
    }

    private static String object(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(20) == 0 ? "" : "{");
        int members = random.nextInt(4);
        for (int member = 0; member < members; member++) {
            text.append(member == 0 ? "" : random.nextInt(40) == 0 ? ",," : " , ");
            text.append(List.of("\"a\"", "\"b\"", "\"\u00e9\"", "\"\\u00e9\"", "\"\\u0061\"")
                    .get(random.nextInt(5)));
            List<String> from = random.nextInt(12) == 0 ? BAD : VALUES;
            text.append(" : ").append(from.get(random.nextInt(from.size())));
        }
        return text.append(random.nextInt(20) == 0 ? "" : "}").toString();
    }

    private static String row(ObjectMapper jackson, String object) {
        try {
            // Jackson takes single surrogates, which no UTF-8 can write.
            if (!(jackson.readTree(object) instanceof ObjectNode node) || object.matches("(?s).*\\\\u(d800|dc00).*")) {
                return null;
            }
            StringJoiner row = new StringJoiner("|");
            for (String name : List.of("a", "b", "\u00e9")) {
                var value = node.get(name);
                String raw = value == null || value.isNull() ? "-" : value.asText();
                row.add(value != null && value.isNumber() ? "#" : raw);
            }
            return numbers(row.toString(), object);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Numbers stay as they are written, which Jackson does not tell. */
    private static String numbers(String row, String object) {
        var names = List.of("(?:a|\\\\u0061)", "b", "(?:\u00e9|\\\\u00e9)");
        String[] cells = row.split("\\|", -1);
        for (int i = 0; i < 3; i++) {
            if (cells[i].equals("#")) {
                var matcher = Pattern.compile("\"" + names.get(i) + "\" : (-?[0-9][-+0-9.eE]*)")
                        .matcher(object);
                assertThat(matcher.find()).isTrue();
                cells[i] = matcher.group(1);
            }
        }
        return String.join("|", cells);
    }
}
