package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import io.streamz.core.PlanException;
import io.streamz.frames.Field;
import io.streamz.frames.Schema;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lines of the form of a regular expression, a column a named group. */
public final class LineFormat implements TextFormat {
    private static final String QUOTED = "[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+";
    private static final String REQUEST =
            "(?<request>(?<method>[A-Z]++) (?<path>[^ \"]++) (?<protocol>HTTP/[0-9.]++)(?=\" )|" + QUOTED + ")";
    private static final String COMMON_LINE = "(?<host>\\S++) (?<ident>\\S++) (?<user>\\S++) \\[(?<time>[^\\]]++)\\] \""
            + REQUEST + "\" (?<status>\\d++|-) (?<bytes>\\d++|-)";
    private static final String COMBINED_LINE =
            COMMON_LINE + " \"(?<referer>" + QUOTED + ")\" \"(?<agent>" + QUOTED + ")\"";
    private static final String WEB_TIME = "dd/MMM/yyyy:HH:mm:ss Z";
    private static final List<DeclaredType> WEB_TYPES = DeclaredType.list("host:utf8, ident:utf8, user:utf8, "
            + "time:timestamp, request:utf8, method:utf8, path:utf8, protocol:utf8, status:int64, bytes:int64");
    private static final List<DeclaredType> COMBINED_TYPES = DeclaredType.list("host:utf8, ident:utf8, user:utf8, "
            + "time:timestamp, request:utf8, method:utf8, path:utf8, protocol:utf8, status:int64, bytes:int64, "
            + "referer:utf8, agent:utf8");
    private static final List<String> DASH = List.of("-");

    public static final LineFormat COMMON =
            new LineFormat(LinePattern.of(COMMON_LINE), Map.of(), WEB_TYPES, DASH).time("time", WEB_TIME);
    public static final LineFormat COMBINED =
            new LineFormat(LinePattern.of(COMBINED_LINE), Map.of(), COMBINED_TYPES, DASH).time("time", WEB_TIME);

    private final LinePattern pattern;
    private final Map<String, DateTimeFormatter> times;
    private final List<DeclaredType> types;
    private final List<String> nullWords;

    private LineFormat(
            LinePattern pattern,
            Map<String, DateTimeFormatter> times,
            List<DeclaredType> types,
            List<String> nullWords) {
        this.pattern = pattern;
        this.times = times;
        this.types = types;
        this.nullWords = nullWords;
    }

    /** See {@link io.streamz.frames.Lines#of}. */
    public static LineFormat of(String pattern) {
        return new LineFormat(LinePattern.of(pattern), Map.of(), List.of(), List.of());
    }

    /** See {@link io.streamz.frames.Lines.Form#time}. */
    public LineFormat time(String column, String format) {
        Schema.of(pattern.names().stream()
                        .map(name -> new Field(name, DataType.UTF8))
                        .toList())
                .column(column, "the lines");
        Map<String, DateTimeFormatter> more = new HashMap<>(times);
        try {
            more.put(column, DateTimeFormatter.ofPattern(format, Locale.ENGLISH).withZone(ZoneOffset.UTC));
        } catch (IllegalArgumentException e) {
            throw new PlanException(
                    "bad-pattern",
                    column,
                    "'" + format + "' is no pattern of times: " + e.getMessage(),
                    "write such as dd/MMM/yyyy:HH:mm:ss Z");
        }
        return new LineFormat(pattern, more, types, nullWords);
    }

    /** How to read a file of this format, unless said otherwise. */
    public CsvSettings settings(String name) {
        return CsvSettings.of(name, this).declared(types).nullWords(nullWords);
    }

    @Override
    public String noun() {
        return "a file of such lines";
    }

    @Override
    public List<String> endings() {
        return List.of(".log", ".txt");
    }

    @Override
    public boolean learnsColumns() {
        return false;
    }

    @Override
    public boolean mayLack() {
        return false;
    }

    /** The columns are known; what is left is a byte order mark. */
    @Override
    public Header header(
            CsvSettings settings, byte[] bytes, int from, int to, int last, boolean ended, List<String> known) {
        return Header.without(settings, bytes, from, to, ended, pattern.names());
    }

    @Override
    public RowScan scan(CsvSettings settings, List<String> columns) {
        return pattern.scan(settings.limits());
    }

    @Override
    public Block block(int columns) {
        return new Block(columns, true);
    }

    @Override
    public ColumnParser parser(int place, String column, DataType type, boolean epoch, NullWords nulls) {
        if (type.kind() == Kind.TIMESTAMP && times.containsKey(column)) {
            return new PatternTime(place, type, times.get(column), nulls);
        }
        return type.kind() == Kind.TEXT
                ? new PlainText(place, type, nulls)
                : ColumnParser.of(place, type, epoch, nulls);
    }

    @Override
    public List<DataType> candidates(String column, int place, List<Block> blocks) {
        return times.containsKey(column) ? List.of(DataType.timestamp(ChronoUnit.NANOS)) : CsvFormat.CANDIDATES;
    }
}
