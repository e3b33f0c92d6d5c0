package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.frames.internal.CellWriter;
import io.streamz.frames.internal.Names;
import java.util.Map;

/** Writes maps as rows: a value for each column that has one, null for the others. */
final class MapWriter implements ItemWriter {
    private final Schema schema;

    MapWriter(Schema schema) {
        this.schema = schema;
    }

    @Override
    public void begin(RecordBatch batch, int room) {
        for (int column = 0; column < schema.size(); column++) {
            CellWriter.begin(batch.fill(column), room);
        }
    }

    @Override
    public void write(Object item, RecordBatch batch, int row) {
        Map<?, ?> values = (Map<?, ?>) item;
        int found = 0;
        for (int column = 0; column < schema.size(); column++) {
            Field field = schema.field(column);
            Object value = values.get(field.name());
            found += value != null || values.containsKey(field.name()) ? 1 : 0;
            CellWriter.set(field.type(), batch.fill(column), row, value, field.name());
        }
        if (found < values.size()) {
            refuse(values);
        }
    }

    private void refuse(Map<?, ?> values) {
        for (Object key : values.keySet()) {
            if (schema.indexOf(String.valueOf(key)) < 0) {
                throw new DataException(
                        "unknown-column",
                        "row",
                        "no column '" + key + "' in " + schema.names(),
                        Names.nearest(String.valueOf(key), schema.names())
                                .map(near -> "did you mean '" + near + "'?")
                                .orElse(""));
            }
        }
    }
}
