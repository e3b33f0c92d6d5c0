package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.frames.Csv;
import io.streamz.frames.CsvOut;
import io.streamz.frames.FrameSink;
import io.streamz.frames.Pipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV as it is written. */
final class CsvOutTest {
    private static final String TYPES =
            "i:int64,f:float64,g:float32,b:bool,s:utf8,d:date,t:timestamp(ms),m:decimal(30,3),c:time(us),e:duration(s)";
    private static final String HEADER = "i,f,g,b,s,d,t,m,c,e\n";

    @TempDir
    private Path directory;

    private static void copy(Csv from, FrameSink to) {
        try (Pipeline pipeline = Pipeline.create("copy")) {
            pipeline.read(from).sink(to);
            pipeline.run();
        }
    }

    private static String written(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copy(CsvRows.csv(HEADER + text).types(TYPES), CsvOut.to(out));
        return out.toString(StandardCharsets.UTF_8).substring(HEADER.length());
    }

    @Test
    void valuesAreWrittenInOneWay() {
        assertThat(written("007,1,.1,true,x,2024-02-29,2024-01-01 00:00:00.120+01:00,1.5,12:00:00.000100,-5\n"))
                .isEqualTo("7,1.0,0.1,true,x,2024-02-29,2023-12-31T23:00:00.120Z,1.500,12:00:00.000100,-5\n");
        assertThat(written("-1,2e23,1e10,false,\u20ac,1969-12-31,0,-99999999999999999999.999,00:00,0\n"))
                .isEqualTo(
                        "-1,2.0E23,1.0E10,false,\u20ac,1969-12-31,1970-01-01T00:00:00Z,-99999999999999999999.999,00:00:00,0\n");
        assertThat(written("0,NaN,-Infinity,true,x,0000-01-01,-1,0,23:59:59,0\n"))
                .isEqualTo("0,NaN,-Infinity,true,x,0000-01-01,1969-12-31T23:59:59.999Z,0.000,23:59:59,0\n");
    }

    @Test
    void nullIsEmptyAndTheEmptyStringIsQuoted() {
        assertThat(written(",,,,,,,,,\n,,,,\"\",,,,,\n")).isEqualTo(",,,,,,,,,\n,,,,\"\",,,,,\n");
    }

    @Test
    void fieldsAreQuotedWhereTheyMustBe() {
        String text =
                ",,,,\"a,b\",,,,,\n,,,,\"say \"\"hi\"\"\",,,,,\n,,,,\"two\nlines\",,,,,\n,,,,\"cr\rx\",,,,,\n,,,,plain ' text,,,,,\n";
        assertThat(written(text)).isEqualTo(text);
    }

    @Test
    void whatIsWrittenReadsBackAsTheSameRows() {
        Csv source = CsvRows.csv("\"a,b\",\"q\"\"q\",c\n1,\"x\n\",\n,\"\",2.5\n-3,\"\"\"\",1e300\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        copy(source, CsvOut.to(out));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\"a,b\",\"q\"\"q\",c\n1,\"x\n\",\n,\"\",2.5\n-3,\"\"\"\",1.0E300\n");
    }

    @ParameterizedTest
    @ValueSource(chars = {';', '\t', '|', ' ', ':', '-', '.', '1', 'T'})
    void anyOtherSeparatorReadsBackToo(char separator) {
        String row =
                "7,-1.5,0.1,true,\"a,b;c\td|e f:g\",2024-02-29,2023-12-31T23:00:00.120Z,-1.500,12:00:00.000100,-5\n";
        String rows = row + ",,,,,,,,,\n,,,,\"\",,,,,\n,,,,\"say \"\"hi\"\"\n;T1.-\",,,,,\n";
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        copy(CsvRows.csv(HEADER + rows).types(TYPES), CsvOut.to(other, separator));
        assertThat(other.toString(StandardCharsets.UTF_8)).startsWith("i" + separator + "f" + separator);
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        copy(CsvRows.csv(other.toByteArray()).separator(separator).types(TYPES), CsvOut.to(back));
        assertThat(back).hasToString(HEADER + written(rows));
    }

    @Test
    void notEveryCharacterSeparates() {
        for (char bad : new char[] {'"', '\n', '\r', 0, '\u20ac', '\u00a7'}) {
            assertThatThrownBy(() -> CsvRows.csv("a\n").separator(bad))
                    .isInstanceOf(PlanException.class)
                    .hasMessageContaining("cannot be separated by")
                    .hasMessageContaining(String.format("U+%04X", (int) bad));
            assertThatThrownBy(() -> CsvOut.to(new ByteArrayOutputStream(), bad))
                    .isInstanceOf(PlanException.class);
        }
    }

    @Test
    void aFolderOfTabsIsOfItsOwnNames() throws IOException {
        Files.writeString(directory.resolve("1.tsv"), "a\tb\n1\tx,y\n");
        Files.writeString(directory.resolve("2.tab"), "a\tb\n2\t\"z\tz\"\n");
        Files.writeString(directory.resolve("3.csv"), "c;d\n3;4\n");
        assertThat(CsvRows.rows(Csv.read(directory).separator('\t'))).containsExactly("1|x,y", "2|z\tz");
        assertThat(CsvRows.rows(Csv.read(directory).separator(';'))).containsExactly("3|4");
    }

    @Test
    void aFileAppearsWholeAndInPlaceOfTheOldOne() throws IOException {
        Path out = directory.resolve("out.csv");
        Files.writeString(out, "old");
        FrameSink sink = CsvOut.to(out);
        Csv csv = CsvRows.csv("a,b\n1,x\n");
        sink.open(csv.schema());
        assertThat(out).hasContent("old");
        sink.close();
        assertThat(names()).containsExactly("out.csv");
        assertThat(out).hasContent("old");
        copy(csv, CsvOut.to(out));
        assertThat(out).hasContent("a,b\n1,x\n");
        assertThat(names()).containsExactly("out.csv");
    }

    @Test
    void aFailedRunLeavesNothingBehind() throws IOException {
        Path out = directory.resolve("out.csv");
        assertThatThrownBy(() -> copy(CsvRows.csv("a,b\n1,x\n2\n"), CsvOut.to(out)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("line 3");
        assertThat(names()).isEmpty();
    }

    @Test
    void aFullDiskIsOneClearError() {
        Assumptions.assumeTrue(Files.isWritable(Path.of("/dev/full")));
        assertThatThrownBy(() -> copy(CsvRows.csv("a,b\n1,x\n"), CsvOut.to("/dev/full")))
                .isInstanceOf(DataException.class)
                .hasMessage("cannot write /dev/full: No space left on device");
        assertThat(Path.of("/dev/full")).exists();
    }

    @Test
    void aMissingDirectoryIsOneClearError() {
        assertThatThrownBy(() -> copy(CsvRows.csv("a,b\n1,x\n"), CsvOut.to(directory.resolve("no/out.csv"))))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("cannot write ")
                .hasMessageContaining("there is no folder ");
        assertThatThrownBy(() -> copy(CsvRows.csv("a,b\n1,x\n"), CsvOut.to(directory)))
                .isInstanceOf(DataException.class)
                .hasMessageEndingWith("it is a folder");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
