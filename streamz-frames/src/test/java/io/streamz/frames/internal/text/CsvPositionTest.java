package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.Csv;
import io.streamz.frames.RecordBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going on from a saved position, and what is kept while somebody holds a batch. */
final class CsvPositionTest {
    @TempDir
    private Path directory;

    private Path file;
    private Csv csv;
    private final List<String> all = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("t.csv");
        StringBuilder text = new StringBuilder("\ufeffid,word\n");
        for (int row = 0; row < 50_000; row++) {
            text.append(row).append(row % 1000 == 0 ? ",\"two\nlines\"\n" : ",word" + row + "\n");
        }
        Files.writeString(file, text.toString());
        csv = Csv.read(file);
        CsvRows.drain(csv, all);
        assertThat(all).hasSize(50_000);
    }

    @Test
    void goesOnBehindTheRowsThatWereGiven() throws Exception {
        List<String> rows = new ArrayList<>();
        List<Position> positions = new ArrayList<>();
        Source<RecordBatch> first = csv.open(column -> true);
        List<Integer> counts = new ArrayList<>();
        do {
            positions.add(first.position());
            counts.add(rows.size());
        } while (first.poll(batch -> CsvRows.add(batch, csv.schema(), rows)) != Progress.END);
        first.close();
        assertThat(positions).hasSizeGreaterThan(3);
        for (int i = 0; i < positions.size(); i++) {
            Source<RecordBatch> again = csv.open(column -> true);
            again.restore(positions.get(i));
            List<String> rest = new ArrayList<>();
            CsvRows.drain(again, csv.schema(), rest);
            again.close();
            assertThat(rest).containsExactlyElementsOf(all.subList(counts.get(i), all.size()));
        }
    }

    @Test
    void aPositionKnowsItsFileAndTheLine() throws Exception {
        Source<RecordBatch> source = csv.open(column -> true);
        while (source.poll(batch -> {}) != Progress.END) {}
        Position end = source.position();
        source.close();
        assertThat(end.number("offset")).isEqualTo(Files.size(file));
        Files.writeString(file, Files.readString(file).replace("word49999", "wordXXXXX"));
        assertThatThrownBy(() -> reopen(end))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is not the file that was read");
        Files.writeString(file, "id,word\n1,x\n");
        assertThatThrownBy(() -> reopen(end))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is not the file that was read");
    }

    @Test
    void linesGoOnCounting() throws Exception {
        Source<RecordBatch> source = csv.open(column -> true);
        while (source.poll(batch -> {}) != Progress.END) {}
        Position end = source.position();
        source.close();
        Files.writeString(file, Files.readString(file) + "x,y\n");
        assertThatThrownBy(() -> reopen(end)).hasMessageContaining("t.csv, line 50052, column 'id': 'x' is not int64");
    }

    private void reopen(Position position) throws Exception {
        Source<RecordBatch> source = Csv.read(file).types("id:int64").open(column -> true);
        source.restore(position);
        try {
            CsvRows.drain(source, csv.schema(), new ArrayList<>());
        } finally {
            source.close();
        }
    }

    @Test
    void heldBatchesKeepTheirText() throws Exception {
        List<RecordBatch> held = new ArrayList<>();
        Source<RecordBatch> source = csv.open(column -> true);
        while (source.poll(batch -> {
                    batch.retain();
                    held.add(batch);
                })
                != Progress.END) {}
        List<String> rows = new ArrayList<>();
        held.forEach(batch -> CsvRows.add(batch, csv.schema(), rows));
        held.forEach(RecordBatch::close);
        source.close();
        assertThat(rows).containsExactlyElementsOf(all);
    }

    @Test
    void columnsNobodyNeedsAreNotParsed() throws Exception {
        Files.writeString(file, "a,b\n1,x\n2,y\n");
        Csv typed = Csv.read(file).types("a:int64,b:int64");
        Source<RecordBatch> source = typed.open(column -> column == 0);
        List<Long> seen = new ArrayList<>();
        while (source.poll(batch -> {
                    for (int row = 0; row < batch.rows(); row++) {
                        seen.add(((io.streamz.aggregations.LongLane) batch.lane(0)).values()[row]);
                    }
                    assertThatThrownBy(() -> batch.lane(1)).isInstanceOf(IllegalStateException.class);
                })
                != Progress.END) {}
        source.close();
        assertThat(seen).containsExactly(1L, 2L);
    }

    @Test
    void columnsGoByNameWhenTheFileHasChangedSince() throws Exception {
        Files.writeString(file, "a,b\n1,x\n");
        Csv csv = Csv.read(file);
        assertThat(csv.schema()).hasToString("[a: int64, b: utf8]");
        Files.writeString(file, "b,a\ny,2\n");
        assertThat(CsvRows.rows(csv)).containsExactly("2|y");
        Files.writeString(file, "b,c\ny,2\n");
        assertThatThrownBy(() -> CsvRows.rows(csv)).hasMessageContaining("there is no column 'a' in [b, c]");
        Files.writeString(file, "a,b,c\n1,y,2\n");
        assertThatThrownBy(() -> CsvRows.rows(csv)).hasMessageContaining("column 'c' is not one of [a, b]");
    }
}
