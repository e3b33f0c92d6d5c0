package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Kind;
import io.streamz.core.DataException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** NDJSON: an object a line, a column a name. */
public final class JsonFormat implements TextFormat {
    /** Objects and arrays inside of a row are refused. */
    public static final JsonFormat FLAT = new JsonFormat(false);

    /** Their text is the value of a column. */
    public static final JsonFormat NESTED = new JsonFormat(true);

    private static final List<DataType> STRINGS = List.of(DataType.DATE, DataType.timestamp(ChronoUnit.NANOS));
    private static final List<DataType> LITERALS = List.of(DataType.INT64, DataType.FLOAT64, DataType.BOOL);
    private static final Set<String> NUMBER_WORDS = Set.of("\"NaN\"", "\"Infinity\"", "\"-Infinity\"");

    private final boolean keepsNested;

    private JsonFormat(boolean keepsNested) {
        this.keepsNested = keepsNested;
    }

    @Override
    public String noun() {
        return "an NDJSON file";
    }

    @Override
    public List<String> endings() {
        return List.of(".ndjson", ".jsonl", ".json");
    }

    @Override
    public boolean learnsColumns() {
        return true;
    }

    /** An object says nothing of what is null. */
    @Override
    public boolean mayLack() {
        return true;
    }

    @Override
    public Header header(
            CsvSettings settings, byte[] bytes, int from, int to, int last, boolean ended, List<String> known) {
        List<String> names = known == null ? names(settings, bytes, Header.start(bytes, from, to), to) : known;
        return Header.without(settings, bytes, from, to, ended, names);
    }

    /** The names in the whole lines there are; lines that cannot be read are for the reader to complain of. */
    private List<String> names(CsvSettings settings, byte[] bytes, int from, int to) {
        Set<String> names = new LinkedHashSet<>();
        Json json = new Json();
        DataException first = null;
        int line = 0;
        for (int at = from; at < to; ) {
            int feed = Swar.find(bytes, at, to, Swar.repeat('\n'));
            if (feed == to) {
                break;
            }
            line++;
            List<String> found = new ArrayList<>();
            int number = line;
            boolean isObject = json.object(bytes, at, feed, (nameFrom, nameTo, valueFrom, valueTo) -> {
                String name = json.string(nameFrom, nameTo);
                found.add(name);
                if (!keepsNested && Json.isNested(bytes[valueFrom])) {
                    throw nested(settings, number, name, bytes[valueFrom] == '[');
                }
            });
            if (isObject) {
                names.addAll(found);
            } else if (first == null && feed > at) {
                first = Complaints.noObject(settings.name(), line, json.problem());
            }
            at = feed + 1;
        }
        if (names.isEmpty() && first != null && settings.declared().isEmpty()) {
            throw first;
        }
        if (names.size() > settings.limits().columns()) {
            throw Complaints.limit(
                    settings.name(),
                    line,
                    "there are more than " + settings.limits().columns() + " names");
        }
        return List.copyOf(names);
    }

    private static DataException nested(CsvSettings settings, int line, String name, boolean isArray) {
        return new DataException(
                "nested-column",
                settings.name() + ":" + line,
                settings.name() + ", line " + line + ", column '" + name + "': " + (isArray ? "an array" : "an object")
                        + ", which is no value of a frame",
                "keep such values as text, or declare the column utf8 and skip bad rows");
    }

    @Override
    public RowScan scan(CsvSettings settings, List<String> columns) {
        return new JsonScan(settings, columns, keepsNested);
    }

    @Override
    public Block block(int columns) {
        return new Block(columns, true);
    }

    @Override
    public ColumnParser parser(int place, String column, DataType type, boolean epoch, NullWords nulls) {
        return type.kind() == Kind.TEXT ? new JsonText(place, type, nulls) : ColumnParser.of(place, type, epoch, nulls);
    }

    /** Strings may be dates or times, what is no string a number or a boolean; what is mixed is text. */
    @Override
    public List<DataType> candidates(String column, int place, List<Block> blocks) {
        boolean strings = false;
        boolean words = true;
        boolean literals = false;
        for (Block block : blocks) {
            for (int row = 0; row < block.rows; row++) {
                int from = block.start(row, place);
                int to = block.end(row, place);
                if (from < to && block.bytes[from] == '"') {
                    strings = true;
                    words &= NUMBER_WORDS.contains(new String(block.bytes, from, to - from, StandardCharsets.UTF_8));
                } else if (from < to) {
                    literals = true;
                }
            }
        }
        if (strings && literals) {
            return words ? List.of(DataType.FLOAT64) : List.of();
        }
        return strings ? STRINGS : LITERALS;
    }
}
