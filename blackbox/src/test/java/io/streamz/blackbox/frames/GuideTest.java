package io.streamz.blackbox.frames;

import static io.streamz.frames.ChangeColumn.OLD;
import static io.streamz.frames.ChangeColumn.OP;
import static io.streamz.frames.Frames.col;
import static io.streamz.test.Tables.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.blackbox.Snippets;
import io.streamz.frames.Csv;
import io.streamz.frames.Lines;
import io.streamz.frames.Ndjson;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Reload;
import io.streamz.frames.StepMetrics;
import io.streamz.frames.View;
import io.streamz.parquet.Parquet;
import io.streamz.test.EmptyAllocator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The snippets of the guide run as they stand; a page shows the region of this file that it names. */
@ExtendWith(EmptyAllocator.class)
class GuideTest {
    @Test
    void frames() {
        var rows = frame("id", "time", "symbol", "side", "price", "qty")
                .row(1, Instant.parse("2024-01-01T09:10:00Z"), "A", "B", 10.0, 10)
                .row(2, Instant.parse("2024-01-01T09:20:00Z"), "A", "S", 10.0, null)
                .row(2, Instant.parse("2024-01-01T09:20:00Z"), "A", "S", 10.0, 5)
                .row(3, Instant.parse("2024-01-01T10:00:00Z"), null, "S", 10.0, 5)
                .row(4, Instant.parse("2024-01-01T10:00:00Z"), "B", "S", 1.0, 100);
        try (var pipeline = Pipeline.create("trades")) {
            var trades = pipeline.read(rows.source("trades"));
            // snippet: frames
            var clean = trades.dropNulls("symbol")
                    .fillNull("qty", 0)
                    .replace("side", Map.of("B", "buy", "S", "sell"))
                    .distinct("id")
                    .assign(
                            col("price").mul(col("qty")).as("notional"),
                            col("notional").log10().round(1).as("size"));
            var hourly = clean.groupBy(col("time").truncate("1h").as("hour"), col("symbol"))
                    .agg("sum(notional), count()");
            var most = clean.valueCounts("symbol");
            var share = clean.filter("symbol = @wanted", Map.of("wanted", "A")).sum("notional");
            // end
            var views = List.of(hourly.view(), most.view(), share.view());
            pipeline.run();
            assertThat(views.get(0).now().toRows())
                    .hasToString("[{hour=2024-01-01T09:00:00Z, symbol=A, notional_sum=100.0, count=2}, "
                            + "{hour=2024-01-01T10:00:00Z, symbol=B, notional_sum=100.0, count=1}]");
            assertThat(views.get(1).now().toRows()).hasToString("[{symbol=A, count=2}, {symbol=B, count=1}]");
            assertThat(views.get(2).now().float64(0, "notional_sum")).isEqualTo(100);
        }
    }

    @Test
    void describe() {
        try (var pipeline = Pipeline.create("trades")) {
            var trades = pipeline.read(frame("symbol", "price")
                    .row("A", 2.0)
                    .row("B", 4.0)
                    .row("A", 3.0)
                    .source("trades"));
            // snippet: describe
            var columns = trades.describe();
            var dearest = trades.nLargest(2, "price");
            var dearestOfEach = trades.groupBy("symbol").nLargest(1, "price");
            var sums = trades.groupBy("symbol").sum();
            // end
            var views = List.of(columns.view(), dearest.view(), dearestOfEach.view(), sums.view());
            pipeline.run();
            assertThat(views.get(0).now().toRows().get(1))
                    .hasToString("{column=price, count=3, nulls=0, mean=3.0, std=1.0, "
                            + "min=2.0, q25=2.5, median=3.0, q75=3.5, max=4.0}");
            assertThat(views.get(1).now().toRows())
                    .hasToString("[{rank=1, symbol=B, price=4.0}, {rank=2, symbol=A, price=3.0}]");
            assertThat(views.get(2).now().toRows())
                    .hasToString("[{symbol=A, rank=1, price=3.0}, {symbol=B, rank=1, price=4.0}]");
            assertThat(views.get(3).now().toRows())
                    .hasToString("[{symbol=A, price_sum=5.0}, {symbol=B, price_sum=4.0}]");
        }
    }

    @Test
    void expiring() {
        try (var pipeline = Pipeline.create("clicks")) {
            var clicks = pipeline.read(frame("time", "user", "page")
                    .row(Instant.parse("2024-01-01T09:00:00Z"), "ann", 1)
                    .row(Instant.parse("2024-01-01T09:10:00Z"), "bob", 4)
                    .row(Instant.parse("2024-01-01T09:35:00Z"), "bob", 2)
                    .source("clicks"));
            // snippet: expiring
            var sessions = clicks.eventTime("time")
                    .groupBy("user")
                    .expireAfter("30m")
                    .maxKeys(100_000)
                    .agg("count(), max(page) as furthest");
            var finished = sessions.evicted();
            // end
            var views = List.of(sessions.view(), finished.tail(10));
            pipeline.run();
            assertThat(views.get(0).now().toRows()).hasToString("[{user=bob, count=2, furthest=4}]");
            assertThat(views.get(1).now().toRows()).hasToString("[{user=ann, count=1, furthest=1}]");
        }
    }

    @Test
    void live() {
        List<String> changes = new ArrayList<>();
        var rows = frame("symbol", "sector", "qty")
                .row("A", "x", 1)
                .row("B", "x", 2)
                .row("C", "y", 3)
                .row("A", "y", 4);
        try (var pipeline = Pipeline.create("trades")) {
            var trades = pipeline.read(rows.source("trades", 3));
            // snippet: live
            var bySymbol = trades.groupBy("symbol").agg("sum(qty) as total, last(sector) as sector");
            var top = bySymbol.sort("total desc").head(2);
            var bySector = bySymbol.groupBy("sector").agg("sum(total) as total, count() as symbols");
            var share = bySymbol.select("symbol", "total").div(bySymbol.select("symbol", "total"));
            bySector.changes(OP, OLD).sink(row -> changes.add(row.toString()));
            // end
            View topView = top.view();
            View shareView = share.view();
            pipeline.run();
            assertThat(topView.now().toRows())
                    .hasToString("[{symbol=A, total=5, sector=y}, {symbol=C, total=3, sector=y}]");
            assertThat(shareView.now().float64(0, "total")).isEqualTo(1);
        }
        assertThat(changes)
                .containsExactly(
                        "{op=insert, sector=x, total=3, symbols=2, old_total=null, old_symbols=null}",
                        "{op=insert, sector=y, total=3, symbols=1, old_total=null, old_symbols=null}",
                        "{op=update, sector=x, total=2, symbols=1, old_total=3, old_symbols=2}",
                        "{op=update, sector=y, total=8, symbols=2, old_total=3, old_symbols=1}");
    }

    @Test
    void attach(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("trades.csv");
        Files.writeString(file, "symbol,qty\nA,3\n");
        try (var pipeline = Pipeline.create("trades")) {
            var trades = pipeline.read(Csv.tail(file));
            var first = trades.agg("count()").view();
            pipeline.start();
            while (first.now().int64(0, "count") == 0) {
                Thread.onSpinWait();
            }
            // snippet: attach
            var fromNow = trades.groupBy("symbol").agg("max(qty) as most").view();
            var fromTheStart =
                    trades.fromStart().groupBy("symbol").agg("max(qty) as most").view();
            // end
            while (fromTheStart.now().rows() == 0) {
                Thread.onSpinWait();
            }
            assertThat(fromTheStart.now().toRows()).hasToString("[{symbol=A, most=3}]");
            assertThat(fromNow.now().rows()).isZero();
        }
    }

    @Test
    void reload(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("symbols.csv");
        Files.writeString(file, "symbol,name,active\nA,Acme,true\nB,Bolt,false\n");
        List<String> rows = new ArrayList<>();
        try (var pipeline = Pipeline.create("trades")) {
            var trades = pipeline.read(frame("symbol", "price", "qty")
                    .row("A", 1.0, 2)
                    .row("B", 2.0, 2)
                    .row("A", 2.0, 2)
                    .source("trades"));
            // snippet: reload
            var reload = Reload.whenChanged(file, "1s"); // or Reload.every("1h"), Reload.onDemand()
            var symbols = pipeline.read(reload.of(Csv.read(file)));
            var named = trades.join(symbols.filter("active")).on("symbol").left();
            // end
            named.select("symbol", "name").sink(row -> rows.add(row.toString()));
            // snippet: back
            var usual = trades.filter("qty > 1").groupBy("symbol").agg("mean(price) as usual, count() as trades");
            var compared = trades.join(usual).before().left().assign("above", "price - usual");
            // end
            compared.sink(row -> rows.add(row.toString()));
            pipeline.run();
        }
        assertThat(rows)
                .contains("{symbol=A, name=Acme}", "{symbol=B, name=null}")
                .contains(
                        "{symbol=A, price=1.0, qty=2, usual=null, trades=null, above=null}",
                        "{symbol=A, price=2.0, qty=2, usual=1.0, trades=1, above=1.0}");
    }

    @Test
    void formats(@TempDir Path folder) throws IOException {
        Path flights = folder.resolve("flights.parquet");
        try (var pipeline = Pipeline.create("writing")) {
            pipeline.read(frame("origin", "delay").row("ORD", 3).row("ORD", 5).source("flights"))
                    .sink(Parquet.to(flights));
            pipeline.run();
        }
        Path events = Files.writeString(folder.resolve("events.ndjson"), "{\"size\":100}\n{\"size\":101}\n");
        Path large = folder.resolve("large.parquet");
        Path accessLog = Files.writeString(
                folder.resolve("access.log"),
                "127.0.0.1 - - [10/Oct/2024:13:55:36 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"curl\"\n");
        try (var pipeline = Pipeline.create("formats")) {
            // snippet: formats
            var delays = pipeline.read(Parquet.read(flights))
                    .groupBy("origin")
                    .agg("count(), mean(delay)")
                    .view();
            pipeline.read(Ndjson.read(events)).filter("size > 100").sink(Parquet.to(large));
            var answers = pipeline.read(Lines.combined().tail(accessLog))
                    .groupBy("status")
                    .agg("count()")
                    .view();
            // end
            pipeline.start();
            while (answers.now().rows() == 0 || delays.now().rows() == 0 || !Files.exists(large)) {
                Thread.onSpinWait();
            }
            assertThat(answers.now().toRows()).hasToString("[{status=200, count=1}]");
            assertThat(delays.now().toRows()).hasToString("[{origin=ORD, count=2, delay_mean=4.0}]");
        }
        try (var pipeline = Pipeline.create("reading")) {
            View written = pipeline.read(Parquet.read(large)).tail(10);
            pipeline.run();
            assertThat(written.now().toRows()).hasToString("[{size=101}]");
        }
    }

    @Test
    void explode() {
        List<String> rows = new ArrayList<>();
        try (var pipeline = Pipeline.create("posts")) {
            var posts = pipeline.read(frame("id", "title", "tags", "likes")
                    .row(1, "On Lists", "[\"a\", \"b\"]", 3)
                    .row(2, "Cuts", "[\"a\"]", 4)
                    .source("posts"));
            // snippet: explode
            var tags = posts.explode("tags").groupBy("tags").agg("count() as posts, sum(likes) as likes");
            var words = posts.explode("title", " ").select("id", "lower(title) as word");
            // end
            words.sink(row -> rows.add(row.toString()));
            var view = tags.view();
            pipeline.run();
            assertThat(view.now().toRows()).hasToString("[{tags=a, posts=2, likes=7}, {tags=b, posts=1, likes=3}]");
        }
        assertThat(rows).containsExactly("{id=1, word=on}", "{id=1, word=lists}", "{id=2, word=cuts}");
    }

    @Test
    void progress() {
        List<String> log = new ArrayList<>();
        try (var pipeline = Pipeline.create("trades")) {
            var trades = pipeline.read(
                    frame("symbol", "qty").row("A", 1).row("B", 2).row("A", 3).source("trades"));
            // snippet: progress
            pipeline.onProgress("1s", progress -> log.add(progress.json()));
            var totals =
                    trades.filter("qty > 1").groupBy("symbol").agg("sum(qty)").view();
            pipeline.run();
            for (StepMetrics step : pipeline.steps()) {
                log.add(step.step() + ": in " + step.in() + ", filtered " + step.filtered() + ", balances "
                        + step.balances());
            }
            // end
            assertThat(totals.now().rows()).isEqualTo(2);
        }
        assertThat(log)
                .contains("filter(qty > 1): in 3, filtered 1, balances true")
                .anyMatch(line -> line.startsWith("{\"pipeline\":\"trades\",\"event\":\"ended\""));
    }

    @Test
    void starting() {
        var rows = frame("symbol", "qty", "price").row("A", 2, 1.0).row("B", 3, 2.0);
        try (var first = Pipeline.create("yesterday");
                var second = Pipeline.create("today")) {
            var read = first.read(rows.source("trades"));
            View yesterday =
                    read.groupBy("symbol").agg("sum(qty) as total, count()").view();
            View before = read.groupBy("symbol").agg("mean(price), std(price)").view();
            first.run();
            var today =
                    second.read(frame("symbol", "qty", "price").row("A", 5, 3.0).source("trades"));
            // snippet: starting
            var totals =
                    today.groupBy("symbol").agg("sum(qty) as total, count()").startFrom(yesterday.now());
            var means = today.groupBy("symbol").agg("mean(price), std(price)").startFrom(before.state());
            // end
            var views = List.of(totals.view(), means.view());
            second.run();
            assertThat(views.get(0).now().toRows())
                    .hasToString("[{symbol=A, total=7, count=2}, {symbol=B, total=3, count=1}]");
            assertThat(views.get(1).now().float64(0, "price_mean")).isEqualTo(2);
        }
    }

    @Test
    void coming() {
        List<String> out = new ArrayList<>();
        try (var pipeline = Pipeline.create("trades")) {
            var trades = pipeline.read(frame("symbol", "price", "qty")
                    .row("A", 101, 1)
                    .row("B", 99, 1)
                    .row("C", 102, 5)
                    .source("trades"));
            // snippet: coming
            trades.filter("price > 100")
                    .groupBy("symbol")
                    .agg("sum(qty) as volume, mean(price) as price")
                    .sort("volume desc")
                    .head(10)
                    .changes(OP)
                    .sink(row -> out.add(row.text("op") + " " + row.text("symbol")));
            // end
            pipeline.run();
        }
        assertThat(out).containsExactly("insert C", "insert A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"frames", "coming-from", "joins", "files"})
    void pagesShowWhatRuns(String page) throws IOException {
        Snippets.check(page, GuideTest.class);
    }
}
