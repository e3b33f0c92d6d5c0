package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** CSV: RFC 4180, with a header. */
public final class CsvFormat implements TextFormat {
    public static final CsvFormat INSTANCE = new CsvFormat();

    static final List<DataType> CANDIDATES = List.of(
            DataType.INT64, DataType.FLOAT64, DataType.BOOL, DataType.DATE, DataType.timestamp(ChronoUnit.NANOS));

    private CsvFormat() {}

    @Override
    public String noun() {
        return "a CSV file";
    }

    @Override
    public List<String> endings() {
        return List.of(".csv");
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
        return Header.read(settings, bytes, from, to, last, ended);
    }

    @Override
    public RowScan scan(CsvSettings settings, List<String> columns) {
        return new RowScanner(columns.size(), settings.limits());
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
