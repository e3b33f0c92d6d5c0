package io.streamz.frames.internal.text;

import static io.streamz.frames.internal.text.CsvRows.csv;
import static io.streamz.frames.internal.text.CsvRows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.frames.BadRows;
import io.streamz.frames.Csv;
import io.streamz.frames.Reject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the guide promises of CSV files, clause by clause. */
final class CsvClausesTest {
    private static List<String> read(String text) {
        return rows(csv(text));
    }

    private static String types(String text) {
        return csv(text).schema().toString();
    }

    private static void fails(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(DataException.class).hasMessageContainingAll(parts);
    }

    @Nested
    final class Rows {
        @Test
        void lineFeedAndCarriageReturnLineFeedEndRows() {
            assertThat(read("a,b\n1,x\r\n2,y\n3,z\r\n")).containsExactly("1|x", "2|y", "3|z");
            assertThat(read("a,b\r\n1,\"x\"\r\n2,\r\n")).containsExactly("1|x", "2|-");
        }

        @Test
        void theLastRowNeedsNoLineEnd() {
            assertThat(read("a,b\n1,x\n2,y")).containsExactly("1|x", "2|y");
            assertThat(read("a,b\n1,x\n2,")).containsExactly("1|x", "2|-");
            assertThat(read("a,b\n1,\"x\"")).containsExactly("1|x");
        }

        @Test
        void aLoneCarriageReturnIsData() {
            assertThat(read("a,b\nx\ry,1\n")).containsExactly("x\ry|1");
            assertThat(read("a,b\n1,x\r")).containsExactly("1|x\r");
            assertThat(read("a,b\n1,x\r\r\n")).containsExactly("1|x\r");
        }

        @Test
        void anyOtherCharacterIsData() {
            assertThat(read("a,b\nx\u0000y,\u000b\u2028\u0085\n")).containsExactly("x\u0000y|\u000b\u2028\u0085");
            assertThat(read("a,b\nit's 5\" wide,x\"y\"\n")).containsExactly("it's 5\" wide|x\"y\"");
            assertThat(read("a,b\n \"x\" , y \n")).containsExactly(" \"x\" | y ");
        }

        @Test
        void oneByteOrderMarkIsDropped() {
            assertThat(types("\ufeffa,b\n1,2\n")).isEqualTo("[a: int64, b: int64]");
            assertThat(types("\ufeff\ufeffa,b\n1,2\n")).isEqualTo("[\ufeffa: int64, b: int64]");
            assertThat(read("\ufeff\"a\",b\n\ufeff1,2\n")).containsExactly("\ufeff1|2");
        }

        @Test
        void anEmptyLineIsNoRow() {
            assertThat(read("\n\r\na,b\n\n1,2\n\r\n\n3,4\n\n")).containsExactly("1|2", "3|4");
        }

        @Test
        void anEmptyLineIsNullInAOneColumnFile() {
            assertThat(read("a\n1\n\n2\r\n\r\n3")).containsExactly("1", "-", "2", "-", "3");
            assertThat(read("a\n\"\"\n\nx\n")).containsExactly("", "-", "x");
        }

        @Test
        void quotesProtectCommasQuotesAndLineEnds() {
            assertThat(read("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"1\r\n2\n3\",\"\"\"\"\n"))
                    .containsExactly("x,y|say \"hi\"", "1\r\n2\n3|\"");
            assertThat(read("a,b\n\"\"\"a\"\"b\"\"\"\"c\"\"\",x\n")).containsExactly("\"a\"b\"\"c\"|x");
        }

        @Test
        void textBehindAClosingQuoteMakesABadRow() {
            fails(() -> read("a,b\n1,\"x\"y\n"), "test.csv, line 2", "text behind a closing quote", "1,\"x\"y");
            fails(() -> read("a,b\n1,\"x\" \n"), "line 2");
            fails(() -> read("a,b\n1,\"x\"\r"), "line 2");
        }

        @Test
        void aRowOfTheWrongLengthIsBadAndNeverPadded() {
            fails(() -> read("a,b\n1,2\n3\n"), "test.csv, line 3", "the row has 1 field, the header has 2", "'3'");
            fails(() -> read("a,b\n1,2,3\n"), "test.csv, line 2", "the row has 3 fields, the header has 2", "'1,2,3'");
            fails(() -> read("a\n1\n1,\n"), "line 3", "2 fields");
            assertThat(rows(csv("a,b\n1,2\n3\n4,5,6\n7,8\n").badRows(BadRows.SKIP)))
                    .containsExactly("1|2", "7|8");
        }

        @Test
        void wrongLengthsThatMakeUpForEachOtherAreStillBad() {
            assertThat(rows(csv("a,b\n1\n2,3,4\n5,6\n").badRows(BadRows.SKIP))).containsExactly("5|6");
        }

        @Test
        void invalidUtf8MakesABadRow() {
            byte[] bytes = "a,b\n1,x\n2,\u00ff\u00fe\n3,y\n".getBytes(StandardCharsets.ISO_8859_1);
            fails(() -> rows(csv(bytes)), "test.csv, line 3", "not valid UTF-8");
            assertThat(rows(csv(bytes).badRows(BadRows.SKIP))).containsExactly("1|x", "3|y");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "80",
                    "c0 80",
                    "c1 bf",
                    "c3",
                    "e0 80 80",
                    "e2 82",
                    "ed a0 80",
                    "f0 80 80 80",
                    "f4 90 80 80",
                    "f8 88 80 80 80",
                    "ff"
                })
        void everyKindOfInvalidUtf8IsSeen(String hex) {
            byte[] bytes = new byte[20 + hex.split(" ", -1).length];
            int at = RowScanner.PAD;
            for (String one : hex.split(" ", -1)) {
                bytes[at++] = (byte) Integer.parseInt(one, 16);
            }
            assertThat(Utf8.firstInvalid(bytes, RowScanner.PAD, at)).isLessThan(at);
        }

        @Test
        void validUtf8OfEveryLengthIsText() {
            assertThat(read("a,b\n\u00e9\u20ac\ud83d\ude00\uffff,\u07ff\u0800\ud7ff\ue000\n"))
                    .containsExactly("\u00e9\u20ac\ud83d\ude00\uffff|\u07ff\u0800\ud7ff\ue000");
        }
    }

    @Nested
    final class Nulls {
        @Test
        void anEmptyFieldIsNullAndQuotesMakeItTheEmptyString() {
            assertThat(read("a,b,c\n,\"\",1\nx,y,\n")).containsExactly("-||1", "x|y|-");
        }

        @Test
        void anEmptyQuotedFieldIsABadNumber() {
            fails(() -> rows(csv("a,b\n1,x\n\"\",y\n").types("a:int64")), "line 3", "column 'a'", "is not int64");
        }

        @ParameterizedTest
        @ValueSource(strings = {"NA", "NULL", "None", "null", "nan", "-", "N/A"})
        void noWordIsNullUnlessDeclared(String word) {
            assertThat(types("a\n1\n" + word + "\n")).isEqualTo("[a: utf8]");
            fails(() -> rows(csv("a\n1\n" + word + "\n").types("a:int64")), "'" + word + "' is not int64");
            assertThat(rows(csv("a\n1\n" + word + "\n").nullValues("x", word))).containsExactly("1", "-");
        }

        @Test
        void declaredWordsAreNullInEveryColumnQuotedOrNot() {
            assertThat(rows(csv("a,b\n-999,NA\n5,\"NA\"\nNA,x\n").nullValues("NA", "-999")))
                    .containsExactly("-|-", "5|-", "-|x");
        }

        @Test
        void quotingNeverChangesAType() {
            assertThat(types("a,b,c\n\"1\",\"2.5\",\"true\"\n")).isEqualTo("[a: int64, b: float64, c: bool]");
            assertThat(read("a,b,c\n\"1\",\"2.5\",\"true\"\n3,4,false\n")).containsExactly("1|2.5|true", "3|4.0|false");
        }
    }

    @Nested
    final class Values {
        private String one(String type, String text) {
            return rows(csv("v,w\n" + text + ",1\n").types("v:" + type)).get(0).split("\\|", -1)[0];
        }

        @ParameterizedTest
        @CsvSource({
            "int64, 0, 0",
            "int64, -0, 0",
            "int64, 007, 7",
            "int64, -9223372036854775808, -9223372036854775808",
            "int64, 9223372036854775807, 9223372036854775807",
            "int64, 12345678, 12345678",
            "int64, 123456789, 123456789",
            "int64, -1234567890123456, -1234567890123456",
            "int64, 12345678901234567, 12345678901234567",
            "int8, -128, -128",
            "int32, 2147483647, 2147483647",
            "float64, 1, 1.0",
            "float64, 1., 1.0",
            "float64, .5, 0.5",
            "float64, -0, -0.0",
            "float64, 1e3, 1000.0",
            "float64, 1E-400, 0.0",
            "float64, 123.456, 123.456",
            "float64, -12345678.12345678, -1.234567812345678E7",
            "float64, NaN, NaN",
            "float64, -Infinity, -Infinity",
            "float32, 0.1, 0.1",
            "float32, 16777217, 1.6777216E7",
            "bool, true, true",
            "bool, false, false",
            "date, 2024-02-29, 2024-02-29",
            "date, 0001-01-01, 0001-01-01",
            "'decimal(20,2)', 123.4, 123.40",
            "'decimal(20,2)', -.05, -0.05",
            "'decimal(38,0)', 99999999999999999999999999999999999999, 99999999999999999999999999999999999999",
            "timestamp, 2024-01-02T03:04:05.123456789Z, 2024-01-02T03:04:05.123456789Z",
            "timestamp, 2024-01-02 03:04:05, 2024-01-02T03:04:05Z",
            "timestamp, 2024-01-02T03:04, 2024-01-02T03:04:00Z",
            "timestamp, 2024-01-02T03:04:05+02:00, 2024-01-02T01:04:05Z",
            "timestamp, 2024-01-02 03:04:05-0530, 2024-01-02T08:34:05Z",
            "timestamp, 1969-12-31T23:59:59.5, 1969-12-31T23:59:59.500Z",
            "timestamp, 1677-09-21T00:12:43.145224192Z, 1677-09-21T00:12:43.145224192Z",
            "timestamp, 2262-04-11T23:47:16.854775807Z, 2262-04-11T23:47:16.854775807Z",
            "timestamp(ms), 1700000000123, 2023-11-14T22:13:20.123Z",
            "timestamp(ms), 2024-01-02T03:04:05.120, 2024-01-02T03:04:05.120Z",
            "timestamp(s), -1, 1969-12-31T23:59:59Z",
            "timestamp(us), 2024-01-02T03:04:05.100000000, 2024-01-02T03:04:05.100Z",
            "timestamp(s), 0000-03-01T00:00:00, 0000-03-01T00:00:00Z",
            "time(ms), 23:59:59.999, 23:59:59.999",
            "duration(s), -90, -90"
        })
        void goodValues(String type, String text, String expected) {
            assertThat(one(type, text)).isEqualTo(expected);
            assertThat(one(type, "\"" + text + "\"")).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({
            "int64, +1",
            "int64, ' 1'",
            "int64, '1 '",
            "int64, 1.0",
            "int64, 9223372036854775808",
            "int64, -9223372036854775809",
            "int64, 0x1f",
            "int64, 1_000",
            "int64, -",
            "int8, 128",
            "int64, 1-2",
            "int64, 1234567a",
            "int64, 123456789012345x",
            "float64, +1.0",
            "float64, 1e",
            "float64, 1e309",
            "float64, 0x1p3",
            "float64, 1d",
            "float64, .",
            "float64, -.",
            "float64, 1.2.3",
            "float64, 12.345.678",
            "float64, nan",
            "float64, inf",
            "float64, '1 000'",
            "float32, 3.5e38",
            "bool, True",
            "bool, 1",
            "bool, t",
            "date, 2023-02-29",
            "date, 1900-02-29",
            "date, 2024-13-01",
            "date, 2024-1-1",
            "date, 2024-04-31",
            "date, 20240101",
            "date, 2024-01-01T00:00",
            "date, 12024-01-01",
            "timestamp, 2024-01-01",
            "timestamp, 2024-01-01T24:00:00",
            "timestamp, 2024-01-01T00:60",
            "timestamp, 2024-01-01T00:00:60",
            "timestamp, '2024-01-01  00:00'",
            "timestamp, 2024-01-01t00:00:00",
            "timestamp, 2024-01-01T00:00:00z",
            "timestamp, 1700000000",
            "timestamp, 2024-01-01T00:00:00.",
            "timestamp, 2024-01-01T00:00:00+19:00",
            "timestamp, 2262-04-11T23:47:16.854775808Z",
            "timestamp, 1677-09-21T00:12:43.145224191Z",
            "timestamp(ms), 2024-01-01T00:00:00.1234",
            "timestamp(ms), 1.5",
            "timestamp, 2024-01-01T00:00:00.1234567891",
            "'decimal(5,2)', 1234",
            "'decimal(5,2)', 1.234",
            "'decimal(5,2)', 1e2",
            "'decimal(5,2)', 1.500",
            "'decimal(5,2)', NaN",
            "time(s), 24:00:00"
        })
        void badValues(String type, String text) {
            fails(() -> one(type, text), "test.csv, line 2, column 'v': '" + text + "' is not ");
        }

        @Test
        void theMessageSaysWhatToDeclare() {
            fails(
                    () -> rows(csv("qty,w\n1,x\nabc,y\n").types("qty:int64")),
                    "test.csv, line 3, column 'qty': 'abc' is not int64",
                    "declare another type, such as \"qty:utf8\"",
                    "the words that mean null",
                    "skip bad rows");
        }

        @Test
        void longTextIsShortenedAndControlCharactersAreNotPrinted() {
            String longText = "\u001b[31m" + "x".repeat(500);
            assertThatThrownBy(() -> rows(csv("a,b\n" + longText + ",1\n").types("a:int64")))
                    .satisfies(e -> assertThat(e.getMessage())
                            .hasSizeLessThan(300)
                            .doesNotContain("\u001b")
                            .contains("..."));
        }
    }

    @Nested
    final class Types {
        @Test
        void theFirstTypeThatReadsAllValuesIsTaken() {
            assertThat(
                            types(
                                    "i,f,b,d,t,s,n\n1,1,true,2024-01-01,2024-01-01T00:00,1,\n2,2.5,false,2024-01-02,2024-01-01 00:00:01Z,x,\n"))
                    .isEqualTo("[i: int64, f: float64, b: bool, d: date, t: timestamp(ns), s: utf8, n: utf8]");
        }

        @Test
        void integersOutOfRangeAreFloatsAndMixturesAreText() {
            assertThat(types("a,b,c\n99999999999999999999,true,2024-01-01\n1,1,2024-01-01T00:00\n"))
                    .isEqualTo("[a: float64, b: utf8, c: utf8]");
        }

        @Test
        void typesAreFrozenAfterTheFirstMegabyte() {
            String text = "a,b\n" + "1,12345678901234\n".repeat(80_000) + "x,2\n";
            assertThat(types(text)).isEqualTo("[a: int64, b: int64]");
            List<String> rows = new ArrayList<>();
            fails(() -> CsvRows.drain(csv(text), rows), "test.csv, line 80002, column 'a': 'x' is not int64");
            assertThat(rows).hasSize(80_000);
        }

        @Test
        void aSampleWithoutOneWholeRowGrows() {
            String text = "a,b\n\"" + "x".repeat(3 << 20) + "\",1\n";
            assertThat(types(text)).isEqualTo("[a: utf8, b: int64]");
            assertThat(read(text)).hasSize(1);
        }

        @Test
        void badRowsOfTheSampleDoNotCount() {
            assertThat(types("a,b\n1,2\nx\n3,4\n")).isEqualTo("[a: int64, b: int64]");
        }

        @Test
        void declaredTypesOverrideAndMustNameAColumn() {
            assertThat(csv("zip code,b\n01234,2\n").types("zip code:utf8").schema())
                    .hasToString("[zip code: utf8, b: int64]");
            assertThatThrownBy(() -> csv("price,b\n1,2\n").types("prise:utf8").schema())
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("no column 'prise'")
                    .hasMessageContaining("did you mean 'price'?");
        }

        @Test
        void aMissingFileIsAnErrorUnlessTypesAreDeclared() {
            Path missing = Path.of("no", "such.csv");
            fails(() -> Csv.read(missing).schema(), "no such file: no/such.csv");
            Csv declared = Csv.read(missing).types("a:int64");
            assertThat(declared.schema()).hasToString("[a: int64]");
            fails(() -> rows(declared), "no such file: no/such.csv");
        }

        @Test
        void zeroBytesAreAnErrorUnlessTypesAreDeclared() {
            fails(() -> csv("").schema(), "test.csv is empty");
            fails(() -> csv("\n\n").schema(), "test.csv is empty");
            fails(() -> csv("\ufeff").schema(), "test.csv is empty");
            assertThat(rows(csv("").types("a:int64"))).isEmpty();
        }

        @Test
        void aHeaderAloneIsZeroRows() {
            for (String text : List.of("a,b", "a,b\n", "a,b\r\n", "a,b\n\n")) {
                assertThat(types(text)).isEqualTo("[a: utf8, b: utf8]");
                assertThat(read(text)).isEmpty();
            }
        }
    }

    @Nested
    final class Files {
        @Test
        void anEmptyHeaderNameIsItsNumber() {
            assertThat(types("a,,\"\"\n1,2,3\n")).isEqualTo("[a: int64, column_2: int64, column_3: int64]");
        }

        @Test
        void twoColumnsOfOneNameAreAnError() {
            fails(() -> types("a,b,a\n1,2,3\n"), "test.csv, line 1", "columns 1 and 3 are both named 'a'");
            fails(() -> types("column_2,\n1,2\n"), "both named 'column_2'");
        }

        @Test
        void linesArePhysicalAndTheHeaderIsLineOne() {
            fails(
                    () -> rows(csv("\"a\nb\",c\n\"1\n2\n3\",4\n\n5,x\n").types("c:int64")),
                    "test.csv, line 7, column 'c'");
        }

        @Test
        void anUnclosedQuoteNamesItsLineAndEarlierRowsAreDelivered() {
            List<String> rows = new ArrayList<>();
            fails(
                    () -> CsvRows.drain(csv("a,b\n1,x\n2,y\n3,\"open\n4,z\n5,w\n"), rows),
                    "test.csv, line 4",
                    "quote that opens here is never closed");
            assertThat(rows).containsExactly("1|x", "2|y");
            fails(() -> types("a,\"b\n1,2\n"), "test.csv, line 1", "quote");
            fails(() -> read("a,b\n1,\"x\n2,\"\"\n"), "test.csv, line 2", "quote");
        }

        @Test
        void rowsBeforeABadRowAreDelivered() {
            List<String> rows = new ArrayList<>();
            fails(() -> CsvRows.drain(csv("a,b\n1,x\n2,y\nz,w\n4,v\n").types("a:int64"), rows), "line 4");
            assertThat(rows).containsExactly("1|x", "2|y");
        }

        @Test
        void theFirstOfSeveralBadRowsIsNamed() {
            fails(() -> rows(csv("a,b\n1,2\n3,x\n4\ny,5\n").types("a:int64,b:int64")), "line 3", "column 'b'");
            fails(() -> rows(csv("a,b\n1,2\n4\n3,x\n").types("a:int64,b:int64")), "line 3", "1 field");
            fails(() -> rows(csv("a,b\nx,y\n").types("a:int64,b:int64")), "line 2", "column 'a'");
        }

        @Test
        void skippedRowsAreHandedOverWithTheirPlace() {
            List<Reject> rejects = new ArrayList<>();
            Csv csv = csv("a,b\n1,x\n\"2\n\",y\n3\n4,z\n")
                    .types("a:int64")
                    .badRows(BadRows.SKIP)
                    .onReject(rejects::add);
            assertThat(rows(csv)).containsExactly("1|x", "4|z");
            assertThat(rejects)
                    .containsExactly(
                            new Reject("'\"2\\n\"' is not int64", "a", "\"2\n\",y", "test.csv", 8, 3),
                            new Reject("the row has 1 field, the header has 2", null, "3", "test.csv", 15, 5));
        }

        @Test
        void binaryFilesAreNamedForWhatTheyAre() {
            fails(() -> rows(csv(new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2})), "cannot read test.csv", "gzip data");
            fails(() -> types("PAR1\u0000\u0001"), "Parquet");
            fails(
                    () -> rows(csv(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 0, 0, '\n'})),
                    "test.csv is not a CSV file",
                    "zero byte");
            fails(() -> rows(csv("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16))), "test.csv is not a CSV file");
        }

        @Test
        void aDirectoryIsNoFile() {
            fails(() -> Csv.read(Path.of(".")).schema(), "there is no CSV file with rows in .");
        }

        @Test
        void limitsAreNamed() {
            fails(() -> types("c,".repeat(10_001) + "\n"), "test.csv, line 1", "more than 10000 columns");
            fails(() -> types("\"" + "x".repeat((16 << 20) + 1)), "test.csv, line 1", "more than 16777216 bytes");
            fails(
                    () -> rows(csv("a,b\n1,2\n3,\"" + "x".repeat(17 << 20)).types("a:int64,b:utf8")),
                    "test.csv, line 3",
                    "a field has more than 16777216 bytes");
            String wide = "x".repeat(15 << 20);
            assertThat(rows(csv("a,b\n1," + wide + "\n2,y\n")).get(1)).isEqualTo("2|y");
        }

        /** The line of the quote is a bad row, and reading goes on behind it, wherever reads cut the file. */
        @Test
        void aQuoteThatIsNeverClosedTakesItsLineAlone() {
            String text = "a,b\n1,x\n2,\"y\n3,z\n4,uv\n" + ("5," + "w".repeat(1 << 16) + "\n").repeat(300);
            for (int reads = 0; reads < 3; reads++) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                int most = 1 + (1 << (14 + 4 * reads));
                List<Reject> rejects = new ArrayList<>();
                Csv csv = Csv.read(inPieces(bytes, most), "test.csv")
                        .types("a:int64,b:utf8")
                        .badRows(BadRows.SKIP)
                        .onReject(rejects::add);
                List<String> rows = rows(csv);
                assertThat(rows.subList(0, 3)).containsExactly("1|x", "3|z", "4|uv");
                assertThat(rows).hasSize(303);
                assertThat(rejects).singleElement().satisfies(reject -> {
                    assertThat(reject.raw()).isEqualTo("2,\"y");
                    assertThat(reject.line()).isEqualTo(3);
                    assertThat(reject.offset()).isEqualTo(8);
                    assertThat(reject.reason())
                            .isEqualTo(
                                    "a field has more than 16777216 bytes: the quote that opens it at byte 10 is never closed");
                });
                fails(
                        () -> rows(Csv.read(inPieces(bytes, most), "test.csv").types("a:int64,b:utf8")),
                        "test.csv, line 3",
                        "the quote that opens it at byte 10 is never closed");
            }
        }

        private static InputStream inPieces(byte[] bytes, int most) {
            return new ByteArrayInputStream(bytes) {
                @Override
                public synchronized int read(byte[] into, int at, int length) {
                    return super.read(into, at, Math.min(length, most));
                }
            };
        }

        @Test
        void aStreamIsReadOnce() {
            Csv csv = csv("a\n1\n");
            assertThat(rows(csv)).containsExactly("1");
            assertThatThrownBy(() -> rows(csv))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("only once");
        }
    }
}
