package io.streamz.cli;

import io.streamz.cli.Lists.Order;
import io.streamz.frames.BadRows;
import io.streamz.frames.Drift;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code streamz tail}; {@link TailJob} does what they ask. */
@Command(
        name = "tail",
        description = "Reads a file, filters, computes, groups and aggregates it, and prints the answer.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Names with blanks stand as they are in lists of columns, --group-by \"Origin State\", and in backticks in"
                    + " expressions: --agg 'sum(`Cost Total`)', or inside of double quotes --where \"\\`Origin State\\` = 'Texas'\".",
            "",
            "Exit codes: 0 done, 1 data or files, 2 options or plan.",
            "Example: streamz tail trades.csv --where \"price > 100\" --group-by symbol --agg \"count(), sum(qty)\""
        })
sealed class Tail implements Callable<Integer> permits Explain {
    /** The form of an answer. */
    enum Form {
        table,
        csv,
        tsv,
        ndjson,
        parquet,
        arrow;

        /** The form of a file whose name tells a format; CSV where it tells none. */
        static Form of(Input.Format told) {
            if (told == null) {
                return csv;
            }
            return switch (told) {
                case tsv -> tsv;
                case ndjson -> ndjson;
                case parquet -> parquet;
                case arrow -> arrow;
                default -> csv;
            };
        }

        /** Whether it is for programs alone. */
        boolean isBinary() {
            return this == parquet || this == arrow;
        }
    }

    /** Which rows {@code --join} gives. */
    enum Kind {
        left,
        inner,
        semi,
        anti
    }

    /** What becomes of files whose columns are not those of the first. */
    enum OnDrift {
        fail(Drift.FAIL),
        nulls(Drift.NULL),
        widen(Drift.WIDEN);

        final Drift drift;

        OnDrift(Drift drift) {
            this.drift = drift;
        }

        /** As it is written on the command line; {@code null} is no name that Java allows. */
        @Override
        public String toString() {
            return this == nulls ? "null" : name();
        }
    }

    private static final String FAIL = "fail";
    private static final String DEAD_LETTER = "dead-letter=";

    @Parameters(
            paramLabel = "PATH",
            description = "a file, a folder, a pattern such as 'logs/*.csv', or - for standard input")
    String path;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "csv, tsv, ndjson, parquet, arrow, clf, combined, regex=PATTERN; told by the name unless given")
    String format;

    @Option(
            names = "--separator",
            paramLabel = "CHAR",
            description =
                    "what stands between the fields of CSV: ';', '|', '\\\\t'; a comma, in tsv a tab, unless given")
    String separator;

    @Option(
            names = "--nested",
            description = "keep objects and arrays inside of NDJSON as text, instead of refusing them")
    boolean nested;

    @Option(
            names = "--columns",
            paramLabel = "COLS",
            description = "read only these columns, blanks in names as they are: \"Origin State, Time of day\"")
    String columns;

    @Option(names = "--once", description = "read to the end and stop; this is what happens unless --follow is given")
    boolean once;

    @Option(
            names = "--follow",
            description = "wait for more, through rotation, until Ctrl-C; then give the last answer")
    boolean follow;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "how much groups and held rows may take: 512m, 2g; half of the heap by default")
    String memory;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description = "how often --follow looks and --checkpoint saves: 500ms, 1s (the default), 1m")
    String every;

    @Option(
            names = "--join",
            paramLabel = "PATH",
            description = "another file, read whole, whose columns each row gets; before all other steps")
    Path join;

    @Option(names = "--on", paramLabel = "COLS", description = "the columns, named alike, that --join compares")
    String on;

    @Option(
            names = "--join-kind",
            paramLabel = "KIND",
            description = "${COMPLETION-CANDIDATES}; left, which keeps rows without a match, by default")
    Kind joinKind;

    @Option(
            names = "--part-rows",
            paramLabel = "N",
            description = "parts of a folder of --out have so many rows; unless given, those of one checkpoint")
    Long partRows;

    @Option(
            names = "--part-every",
            paramLabel = "TIME",
            description = "parts appear when their first row has waited so long: 10m, 1h")
    String partEvery;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "save the state in this folder, and go on from it when started again, also after a kill")
    Path checkpoint;

    @Option(
            names = "--where",
            paramLabel = "EXPR",
            description = "keep the rows for which this is true; see below how names with blanks are written")
    String where;

    @Option(names = "--assign", paramLabel = "NAME=EXPR", description = "add or replace a column; may be given again")
    List<String> assign = List.of();

    @Option(
            names = "--group-by",
            paramLabel = "COLS",
            description = "columns, blanks in names as they are: \"Origin State, Time of day\"")
    String groupBy;

    @Option(
            names = "--agg",
            paramLabel = "LIST",
            description = "aggregates: \"count(), sum(qty), mean(price) as avg_price\"")
    String agg;

    @Option(
            names = "--window",
            paramLabel = "WINDOW",
            description = "which rows --agg takes: \"tumbling 1m\", \"hopping 10m 1m\", \"session 30m\","
                    + " \"day Europe/Berlin\", \"last 5m\", \"last 1000\"")
    String window;

    @Option(
            names = "--rolling",
            paramLabel = "EXTENT",
            description = "give each row with --agg over the rows up to it: 20 rows, or 5m of event time")
    String rolling;

    @Option(
            names = "--min-periods",
            paramLabel = "N",
            description = "--rolling gives null over fewer values than this; unless given, over fewer than its rows")
    Integer minPeriods;

    @Option(names = "--time", paramLabel = "COL", description = "the column of event time, for windows by time")
    String time;

    @Option(
            names = "--lateness",
            paramLabel = "TIME",
            description = "how far a row may be behind the newest and still count: 5s; 0s by default")
    String lateness;

    @Option(
            names = "--order-by",
            paramLabel = "COLS",
            description = "sort by columns of the answer, blanks in names as they are: \"count desc, Origin State\"")
    String orderBy;

    @Option(names = "--limit", paramLabel = "N", description = "at most this many rows of the answer")
    Long limit;

    @Option(
            names = "--types",
            paramLabel = "LIST",
            description = "\"sym: utf8, qty: int64, ts: timestamp(ms), paid: decimal(20,2)\"")
    String types;

    @Option(
            names = "--null",
            paramLabel = "LIST",
            description = "words that mean null, beside the empty field: \"NA,NULL\"")
    String nulls;

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description = "write the answer to a file, whole or not at all; rows with --checkpoint may go to a folder/")
    String outText;

    Path out;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            description = "${COMPLETION-CANDIDATES}; told by the name of --out, else csv for rows")
    Form output;

    @Option(
            names = "--on-bad-row",
            paramLabel = "POLICY",
            description = "fail, skip, or dead-letter=PATH, which keeps them in a CSV file; fail by default")
    String onBadRow = FAIL;

    @Option(
            names = "--on-drift",
            paramLabel = "POLICY",
            description = "files with other columns: ${COMPLETION-CANDIDATES}; fail by default")
    OnDrift onDrift = OnDrift.fail;

    private final Console console;
    private Windowing windowing;

    Tail(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (groupBy != null && agg == null) {
            throw new UsageException("--group-by", "needs --agg beside it, such as --agg \"count()\"");
        }
        if (join != null && on == null) {
            throw new UsageException("--join", "needs --on beside it, such as --on symbol");
        }
        if (join == null && (on != null || joinKind != null)) {
            throw new UsageException(on != null ? "--on" : "--join-kind", "needs --join beside it");
        }
        out = outText == null ? null : Path.of(outText);
        windowing = new Windowing(this);
        windowing.check();
        if (limit != null && limit < 0) {
            throw new UsageException("--limit", "is " + limit + "; it is a number of rows, 0 or more");
        }
        if (follow && once) {
            throw new UsageException("--follow", "and --once contradict each other; give one of them");
        }
        if (every != null && !follow && checkpoint == null) {
            throw new UsageException("--every", "needs --follow or --checkpoint beside it");
        }
        checkPacked();
        checkParts();
        checkBadRows();
        new Territory(this).check();
        if (form().isBinary() && out == null && console.terminal().isScreen()) {
            throw new UsageException("--output", "is not for a terminal: give --out, or send it into a pipe or a file");
        }
        try {
            TailJob job = new TailJob(this, console);
            run(job);
            return job.isSaved() ? Failure.DONE : Failure.DATA;
        } catch (OutOfMemoryError e) {
            return Failure.report(e, this, console);
        }
    }

    /** Does it. */
    void run(TailJob job) throws IOException {
        job.run();
    }

    final Console console() {
        return console;
    }

    private void checkBadRows() {
        if (!onBadRow.equals(FAIL) && !onBadRow.equals("skip") && deadLetters() == null) {
            throw new UsageException("--on-bad-row", "is '" + onBadRow + "'; it is fail, skip or dead-letter=PATH");
        }
    }

    BadRows badRows() {
        return onBadRow.equals(FAIL) ? BadRows.FAIL : BadRows.SKIP;
    }

    /** Where bad rows are kept, or null. */
    Path deadLetters() {
        boolean isKept = onBadRow.startsWith(DEAD_LETTER) && onBadRow.length() > DEAD_LETTER.length();
        return isKept ? Path.of(onBadRow.substring(DEAD_LETTER.length())) : null;
    }

    /** Other programs go by the name. */
    private void checkPacked() {
        String name = out == null ? "" : String.valueOf(out.getFileName());
        for (String packer : List.of(".gz", ".zst")) {
            if (name.toLowerCase(Locale.ROOT).endsWith(packer)) {
                String plain = name.substring(0, name.length() - packer.length());
                throw new UsageException(
                        "--out",
                        "ends in " + packer + ", but answers are written unpacked; name it " + plain
                                + " and pack it when it is there");
            }
        }
    }

    private void checkParts() {
        if (!isInParts()) {
            if (partRows != null || partEvery != null) {
                throw new UsageException(
                        partRows != null ? "--part-rows" : "--part-every",
                        "needs --checkpoint, a folder of --out, and rows to put there: those of --rolling, of --window of"
                                + " intervals, or without --agg; the one answer of --agg is a file");
            }
            if (out != null && isFolder()) {
                throw new UsageException(
                        "--out",
                        "is the folder " + out + ": give a file; a folder takes the parts of rows, with --checkpoint");
            }
        }
    }

    /** Whether {@code --out} is written as a folder, or is one. */
    private boolean isFolder() {
        return outText.endsWith("/") || outText.endsWith(File.separator) || Files.isDirectory(out);
    }

    /**
     * Whether rows go into a folder of parts, one for each checkpoint: where a folder is named, and where the format cannot be
     * continued in one file.
     */
    boolean isInParts() {
        boolean rows = !givesTable() && !holdsRows();
        return out != null && checkpoint != null && rows && (form().isBinary() || isFolder());
    }

    /** Whether the answer is a table whose rows are replaced. */
    boolean givesTable() {
        return agg != null && !windowing.givesRows();
    }

    /** Whether rows wait for the last one, because they are sorted or shown as one table. */
    boolean holdsRows() {
        return !givesTable() && (orderBy != null || form() == Form.table);
    }

    String every() {
        return every == null ? "1s" : every;
    }

    /** Whether the rows come through standard input. */
    boolean isPiped() {
        return path.equals("-");
    }

    /** Half of the heap where nothing is said: arrays double as they grow, and for a moment there are both. */
    String memory() {
        return memory == null ? Long.toString(Runtime.getRuntime().maxMemory() / 2) : memory;
    }

    Windowing windowing() {
        return windowing;
    }

    List<String> keys() {
        return groupBy == null ? List.of() : Lists.names("--group-by", groupBy);
    }

    String[] joinKeys() {
        return Lists.names("--on", on).toArray(String[]::new);
    }

    List<Order> order() {
        return orderBy == null ? List.of() : Lists.orders("--order-by", orderBy);
    }

    String[] nullWords() {
        return nulls == null ? new String[0] : Lists.names("--null", nulls).toArray(String[]::new);
    }

    long limit() {
        return limit == null ? Long.MAX_VALUE : limit;
    }

    Form form() {
        if (output != null) {
            return output;
        }
        if (out != null) {
            return Form.of(Input.Format.of(out.toString()));
        }
        boolean rows = agg == null || rolling != null || follow && windowing.givesRows();
        return rows ? Form.csv : Form.table;
    }
}
