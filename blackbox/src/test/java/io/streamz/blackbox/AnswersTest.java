package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers of the command against DuckDB's over the same files. */
final class AnswersTest {
    private static final Path BIRDS = Project.root().resolve("examples/data/birdstrikes.csv");
    private static final Path WEATHER = Project.root().resolve("examples/data/seattle-weather.csv");

    private static Duck duck;

    @TempDir
    static Path folder;

    @BeforeAll
    static void open() throws SQLException {
        duck = new Duck();
        duck.execute("CREATE VIEW birds AS SELECT * FROM '" + BIRDS + "'");
        duck.execute("CREATE VIEW weather AS SELECT * FROM '" + WEATHER + "'");
    }

    @AfterAll
    static void close() throws SQLException {
        duck.close();
    }

    @Test
    void groupsByTextWithBlanks() throws Exception {
        same(
                """
                SELECT "Origin State", count(*), sum("Cost Total $"), avg("Speed IAS in knots"), min("Speed IAS in knots"),
                    max("Speed IAS in knots"), count("Speed IAS in knots"), count(DISTINCT "Wildlife Species"),
                    median("Speed IAS in knots")
                FROM birds GROUP BY ALL
                """,
                1,
                BIRDS,
                "--group-by",
                "Origin State",
                "--agg",
                "count(), sum(`Cost Total $`), mean(`Speed IAS in knots`), min(`Speed IAS in knots`),"
                        + "max(`Speed IAS in knots`), count(`Speed IAS in knots`) as speeds, nunique(`Wildlife Species`),"
                        + "median(`Speed IAS in knots`)");
    }

    @Test
    void groupsByTwoColumnsAndFilters() throws Exception {
        same(
                """
                SELECT "Wildlife Size", "Time of day", count(*), sum("Cost Repair"), var_samp("Cost Repair"),
                    stddev_pop("Cost Repair"), first("Aircraft Make Model" ORDER BY n), last("Flight Date" ORDER BY n)
                FROM (SELECT *, row_number() OVER () n FROM birds)
                WHERE "Speed IAS in knots" >= 100 AND "Phase of flight" <> 'Climb' GROUP BY ALL
                """,
                2,
                BIRDS,
                "--where",
                "`Speed IAS in knots` >= 100 and `Phase of flight` != 'Climb'",
                "--group-by",
                "Wildlife Size, Time of day",
                "--agg",
                "count(), sum(`Cost Repair`), var(`Cost Repair`), std(`Cost Repair`, 0), first(`Aircraft Make Model`),"
                        + "last(`Flight Date`)");
    }

    @Test
    void fewerValuesThanAskedForGiveNoAnswer() throws Exception {
        same(
                """
                SELECT "Wildlife Species", count("Speed IAS in knots"),
                    CASE WHEN count("Speed IAS in knots") >= 20 THEN avg("Speed IAS in knots") END
                FROM birds GROUP BY ALL
                """,
                1,
                BIRDS,
                "--group-by",
                "Wildlife Species",
                "--agg",
                "count(`Speed IAS in knots`) as n, mean(`Speed IAS in knots`) minCount 20 as speed");
    }

    @Test
    void joinsAnotherFile() throws Exception {
        Path states = Files.writeString(
                folder.resolve("states.csv"),
                "Origin State,region\nTexas,south\nCalifornia,west\nLouisiana,south\nNowhere,none\n");
        same(
                """
                SELECT region, count(*), sum("Cost Total $")
                FROM birds LEFT JOIN (VALUES ('Texas', 'south'), ('California', 'west'), ('Louisiana', 'south')) s(state, region)
                ON "Origin State" = state GROUP BY ALL
                """,
                1,
                BIRDS,
                "--join",
                states.toString(),
                "--on",
                "Origin State",
                "--group-by",
                "region",
                "--agg",
                "count(), sum(`Cost Total $`)");
    }

    @Test
    void oneRowWithoutGroups() throws Exception {
        same(
                """
                SELECT count(*), sum("Speed IAS in knots"), avg("Speed IAS in knots"), min("Flight Date"), max("Flight Date")
                FROM birds
                """,
                0,
                BIRDS,
                "--agg",
                "count(), sum(`Speed IAS in knots`), mean(`Speed IAS in knots`), min(`Flight Date`), max(`Flight Date`)");
    }

    @Test
    void computesColumnsAndSorts() throws Exception {
        same(
                """
                SELECT weather, count(*) AS n, avg(temp_max - temp_min) AS spread FROM weather
                GROUP BY ALL ORDER BY n DESC, weather LIMIT 3
                """,
                0,
                WEATHER,
                "--assign",
                "spread=temp_max - temp_min",
                "--group-by",
                "weather",
                "--agg",
                "count() as n, mean(spread) as spread",
                "--order-by",
                "n desc, weather",
                "--limit",
                "3");
    }

    @Test
    void givesRowsThatPassAFilter() throws Exception {
        same(
                "SELECT *, temp_max * 1.8 + 32 FROM weather WHERE weather = 'snow' AND wind > 3.5",
                0,
                WEATHER,
                "--where",
                "weather = 'snow' and wind > 3.5",
                "--assign",
                "fahrenheit=temp_max * 1.8 + 32");
    }

    @Test
    void sortsRows() throws Exception {
        same(
                "SELECT * FROM weather ORDER BY temp_max DESC, date LIMIT 7",
                0,
                WEATHER,
                "--order-by",
                "temp_max desc, date",
                "--limit",
                "7");
    }

    @Test
    void threeMillionFlights() throws Exception {
        Path parquet = Project.shared("data/real/flights-3m.parquet");
        Path flights = folder.resolve("flights.csv");
        duck.execute("COPY (SELECT * FROM '" + parquet + "') TO '" + flights + "' (HEADER)");
        String csv = same(
                """
                SELECT origin, count(*) AS n, avg(delay), max(distance) FROM '%s' GROUP BY ALL ORDER BY n DESC, origin
                """.formatted(parquet),
                0,
                flights,
                "--group-by",
                "origin",
                "--agg",
                "count() as n, mean(delay), max(distance)",
                "--order-by",
                "n desc, origin");
        assertThat(csv.lines().skip(1).findFirst()).get().asString().startsWith("ORD,166341,9.27365472132547");
    }

    /** Runs the command over a file, holds its answer against the query's, and gives it. */
    private static String same(String sql, int keys, Path file, String... options) throws IOException, SQLException {
        List<String> args = new ArrayList<>(List.of("tail", file.toString(), "--once", "--output", "csv"));
        args.addAll(List.of(options));
        String csv = Streamz.run(args.toArray(String[]::new)).done().out();
        duck.assertSame(csv, sql, keys);
        return csv;
    }
}
