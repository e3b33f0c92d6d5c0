package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import io.streamz.core.Position;
import io.streamz.frames.Csv;
import io.streamz.frames.Drift;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories and patterns, packed files, and files with other columns. */
final class FolderTest {
    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void append(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text, StandardOpenOption.APPEND);
    }

    private static byte[] packed(String... members) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (String member : members) {
            try (OutputStream out = new GZIPOutputStream(packed)) {
                out.write(member.getBytes(StandardCharsets.UTF_8));
            }
        }
        return packed.toByteArray();
    }

    @Test
    void aHeaderAloneLeavesTheTypesToTheNextFile() throws IOException {
        write("a.csv", "id,v\n");
        write("b.csv", "id,v\n1,2.5\n");
        assertThat(Csv.read(folder).schema()).hasToString("[id: int64, v: float64]");
        assertThat(CsvRows.rows(Csv.read(folder))).containsExactly("1|2.5");
        write("b.csv", "v\n1\n");
        assertThat(Csv.read(folder).drift(Drift.WIDEN).schema()).hasToString("[id: utf8, v: int64]");
        assertThat(Csv.read(folder).drift(Drift.NULL).schema()).hasToString("[id: utf8, v: int64]");
    }

    private Csv pattern(String pattern) {
        return Csv.read(folder.resolve(pattern));
    }

    @Test
    void filesGoByNameEachWithItsHeader() throws IOException {
        write("b.csv", "v,id\nx,2");
        write("a.csv", "\ufeffid,v\r\n1,w\r\n");
        write("c.csv", "");
        write("d.csv", "id,v\n");
        write(".e.csv", "id,v\n8,hidden\n");
        write("f.txt", "id,v\n9,other\n");
        Files.write(folder.resolve("g.csv.gz"), packed("id,v\n3", ",y\n"));
        assertThat(CsvRows.rows(Csv.read(folder))).containsExactly("1|w", "2|x", "3|y");
        assertThat(CsvRows.rows(pattern("[ab].*"))).containsExactly("1|w", "2|x");
        assertThat(CsvRows.rows(pattern("?.{csv,txt}"))).containsExactly("1|w", "2|x", "9|other");
    }

    @Test
    void aNameThatLooksLikeAPatternIsAFileWhereThereIsOne() throws IOException {
        write("a[1].csv", "id\n1\n");
        write("a1.csv", "id\n2\n");
        assertThat(CsvRows.rows(pattern("a[1].csv"))).containsExactly("1");
    }

    @Test
    void newFilesAndGrownFilesAreReadOnce() throws Exception {
        write("b.csv", "id,v\n1,x\n");
        try (Followed followed = new Followed(Csv.tail(folder))) {
            assertThat(followed.look()).containsExactly("1|x");
            append("b.csv", "2,x\n3");
            write("a.csv", "id,v\n4,x\n");
            assertThat(followed.look()).containsExactly("1|x", "4|x", "2|x");
            followed.restart();
            Files.move(folder.resolve("a.csv"), folder.resolve("z.csv"));
            append("b.csv", ",x\n");
            assertThat(followed.look()).containsExactly("1|x", "4|x", "2|x", "3|x");
            write("b.csv", "id,v\n5,x\n");
            append("z.csv", "6,x\n");
            assertThat(followed.look()).endsWith("3|x", "5|x", "6|x").hasSize(6);
            Files.delete(folder.resolve("z.csv"));
            followed.look();
            followed.restart();
            assertThat(followed.look()).hasSize(6);
        }
    }

    @Test
    void filesThatArePackedAreNotReadAgain() throws Exception {
        write("a.csv", "id,v\n1,x\n2,x\n");
        try (Followed followed = new Followed(Csv.tail(folder))) {
            followed.look();
            Files.write(folder.resolve("a.csv.gz"), packed("id,v\n1,x\n2,x\n3,x\n"));
            Files.delete(folder.resolve("a.csv"));
            assertThat(followed.look()).containsExactly("1|x", "2|x", "3|x");
        }
    }

    @Test
    void whatIsRememberedIsBoundedByTheFilesThatAreThere() throws Exception {
        try (Followed followed = new Followed(Csv.tail(folder).types("id:int64"))) {
            int longest = 0;
            for (int file = 0; file < 200; file++) {
                write("f" + file + ".csv", "id\n" + file + "\n");
                followed.look();
                Files.delete(folder.resolve("f" + file + ".csv"));
                longest = Math.max(longest, followed.position().text("files").length());
            }
            assertThat(followed.look()).hasSize(200);
            assertThat(longest).isLessThan(500);
            followed.look();
            assertThat(followed.position()).isEqualTo(Position.START.with("files", ""));
        }
    }

    @Test
    void otherColumnsFailUnlessTheyAreAskedFor() throws IOException {
        write("a.csv", "id,v\n1,x\n");
        write("b.csv", "w,id\n7,2\n");
        assertThatThrownBy(() -> CsvRows.rows(Csv.read(folder)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("b.csv, line 1: there is no column 'v' in [w, id]");
        assertThat(CsvRows.rows(Csv.read(folder).drift(Drift.NULL))).containsExactly("1|x", "2|-");
        Csv wide = Csv.read(folder).drift(Drift.WIDEN);
        assertThat(wide.schema()).hasToString("[id: int64, v: utf8, w: int64]");
        assertThat(CsvRows.rows(wide)).containsExactly("1|x|-", "2|-|7");
        assertThat(CsvRows.rows(Csv.read(folder).drift(Drift.NULL).types("u:float64")))
                .containsExactly("1|x|-", "2|-|-");
    }

    @Test
    void cutGzipFailsBehindItsCompleteRows() throws IOException {
        StringBuilder text = new StringBuilder("id,v\n");
        for (int row = 0; row < 100_000; row++) {
            text.append(row)
                    .append(",x")
                    .append(Integer.toHexString(row * 0x9e3779b9))
                    .append('\n');
        }
        byte[] whole = packed(text.toString());
        Path file = folder.resolve("a.csv.gz");
        Files.write(file, whole);
        assertThat(CsvRows.rows(Csv.read(file))).hasSize(100_000);
        for (int length : new int[] {whole.length - 1, whole.length - 9, whole.length / 2}) {
            Files.write(file, Arrays.copyOf(whole, length));
            var rows = new java.util.ArrayList<String>();
            assertThatThrownBy(() -> CsvRows.drain(Csv.read(file), rows))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("a.csv.gz: its gzip data ends before its trailer");
            assertThat(rows).hasSizeGreaterThan(40_000);
            assertThat(rows.get(rows.size() - 1)).startsWith(rows.size() - 1 + "|x");
        }
    }

    @Test
    void damagedAndHugeGzipIsRefused() throws IOException {
        byte[] whole = packed("id,v\n1,x\n");
        whole[whole.length - 6] ^= 1;
        assertThatThrownBy(() -> CsvRows.rows(CsvRows.csv(whole))).hasMessageContaining("checksum");
        byte[] behind = Arrays.copyOf(packed("id,v\n1,x\n"), 100);
        assertThat(CsvRows.rows(CsvRows.csv(behind))).containsExactly("1|x");
        behind[99] = 'x';
        assertThatThrownBy(() -> CsvRows.rows(CsvRows.csv(behind))).hasMessageContaining("gzip data");
        byte[] bomb = packed("id,v\n" + "\n".repeat(60 << 20));
        assertThatThrownBy(() -> CsvRows.rows(CsvRows.csv(bomb))).hasMessageContaining("1000 times its size");
    }
}
