package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** CSV: RFC 4180 with a header, and any separator. */
public final class CsvFormat implements TextFormat {
    public static final CsvFormat COMMAS = new CsvFormat((byte) ',');

    static final List<DataType> CANDIDATES = List.of(
            DataType.INT64, DataType.FLOAT64, DataType.BOOL, DataType.DATE, DataType.timestamp(ChronoUnit.NANOS));

    private final byte separator;

    private CsvFormat(byte separator) {
        this.separator = separator;
    }

    /**
     * The format with a separator between fields.
     *
     * @throws PlanException when it is not ASCII, or has a meaning of its own: a quote, an end of line, a zero
     */
    public static CsvFormat separatedBy(char separator) {
        return new CsvFormat(checked(separator));
    }

    static byte checked(char separator) {
        if (separator == 0 || separator > '~' || separator == '"' || separator == '\n' || separator == '\r') {
            throw new PlanException(
                    "bad-separator",
                    String.format("U+%04X", (int) separator),
                    "fields cannot be separated by " + String.format("the character U+%04X", (int) separator),
                    "take one of ASCII that is no quote and ends no line, such as ; | or a tab");
        }
        return (byte) separator;
    }

    @Override
    public String noun() {
        return "a CSV file";
    }

    @Override
    public List<String> endings() {
        return separator == '\t' ? List.of(".tsv", ".tab") : List.of(".csv");
    }

    @Override
    public boolean learnsColumns() {
        return false;
    }

    @Override
    public boolean mayLack() {
        return false;
    }

    @Override
    public Header header(
            CsvSettings settings, byte[] bytes, int from, int to, int last, boolean ended, List<String> known) {
        return Header.read(settings, separator, bytes, from, to, last, ended);
    }

    @Override
    public int unclosedQuote(byte[] bytes, int from, int to, Limits limits) {
        return CarefulScan.unclosedQuote(bytes, from, to, separator, limits);
    }

    @Override
    public RowScan scan(CsvSettings settings, List<String> columns) {
        return new RowScanner(columns.size(), separator, settings.limits());
    }

    @Override
    public Block block(int columns) {
        return new Block(columns, false);
    }

    @Override
    public ColumnParser parser(int place, String column, DataType type, boolean epoch, NullWords nulls) {
        return ColumnParser.of(place, type, epoch, nulls);
    }

    @Override
    public List<DataType> candidates(String column, int place, List<Block> blocks) {
        return CANDIDATES;
    }
}
