package io.streamz.blackbox.frames;

import static io.streamz.frames.Frames.col;
import static io.streamz.frames.Frames.count;
import static io.streamz.frames.Frames.mean;
import static io.streamz.frames.Frames.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.core.DataStream;
import io.streamz.frames.Csv;
import io.streamz.frames.CsvOut;
import io.streamz.frames.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that users are shown runs as it stands. */
class SnippetsTest {
    record Trade(String symbol, double price, long qty) {}

    record Stats(String symbol, long count, double priceMean) {}

    @TempDir
    Path folder;

    @Test
    void aStreamOfObjects() {
        List<Long> sums = new ArrayList<>();
        var source = DataStream.of(Integer.class);
        source.map(x -> x + 1).accumulate(0L, (sum, x) -> sum + x).sink(sums::add);
        source.emit(1);
        source.emit(2);
        assertThat(sums).containsExactly(2L, 5L);
    }

    @Test
    void aFileInATableOut() throws IOException {
        Path path = folder.resolve("trades.csv");
        Path dir = folder.resolve("answer.csv");
        Files.writeString(path, "symbol,price,qty\nA,101,2\nB,50,1\nB,110.5,1\nA,103,4\n");
        String explained;
        try (var pipeline = Pipeline.create("trades")) {
            var trades = pipeline.read(Csv.read(path));
            var table = trades.filter("price > 100")
                    .assign("notional", col("price").mul(col("qty")))
                    .groupBy("symbol")
                    .agg(sum("notional"), mean("price").as("avg_price"));
            table.sink(CsvOut.to(dir));
            pipeline.run();
            explained = table.explain();
        }
        assertThat(dir).hasContent("symbol,notional_sum,avg_price\nA,614.0,102.0\nB,110.5,110.5\n");
        assertThat(explained.lines().map(String::strip))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("trades  [no state; rows in 4, out 4]"),
                        line -> assertThat(line)
                                .isEqualTo("filter(price > 100)  [no state; rows in 4, out 3, filtered 1]"),
                        line -> assertThat(line)
                                .isEqualTo("assign(notional = price * qty)  [no state; rows in 3, out 3]"),
                        line -> assertThat(line)
                                .startsWith("groupBy(symbol).agg(sum(notional), mean(price) as avg_price)"
                                        + "  [state of one row per key: grows with the number of different symbol, ")
                                .endsWith(" bytes; rows in 3, held 3]"));
    }

    @Test
    void recordsInRecordsOut() {
        Map<String, Stats> cache = new TreeMap<>();
        try (var pipeline = Pipeline.create("trades")) {
            var input = pipeline.input(Trade.class);
            input.frame()
                    .groupBy("symbol")
                    .agg(count(), mean("price"))
                    .changes(Stats.class)
                    .sink(s -> cache.put(s.symbol(), s));
            pipeline.start();
            input.emit(new Trade("A", 101, 2));
            assertThat(input.tryEmit(new Trade("B", 50, 1))).isTrue();
            assertThat(input.emitAsync(new Trade("A", 103, 4))).isCompleted();
        }
        assertThat(cache)
                .hasToString(
                        "{A=Stats[symbol=A, count=2, priceMean=102.0], B=Stats[symbol=B, count=1, priceMean=50.0]}");
    }
}
