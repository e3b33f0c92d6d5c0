package io.streamz.frames;

import io.streamz.aggregations.Lane;
import io.streamz.core.Operator;
import io.streamz.core.OperatorContext;
import io.streamz.core.Output;
import io.streamz.core.Position;
import java.io.IOException;
import java.util.function.Supplier;

/** Feeds a sink with a table as it stands when the input has ended. */
final class EndSinkOperator implements Operator<RecordBatch, Void> {
    private final Schema schema;
    private final Supplier<Table> table;
    private final FrameSink sink;

    EndSinkOperator(Schema schema, Supplier<Table> table, FrameSink sink) {
        this.schema = schema;
        this.table = table;
        this.sink = sink;
    }

    @Override
    public void open(OperatorContext context) throws IOException {
        if (context.epoch() > 0 && sink.isResumable()) {
            sink.resume(schema, Position.START); // clears what a killed run has left
        } else {
            sink.open(schema);
        }
    }

    @Override
    public void onNext(RecordBatch in, Output<? super Void> out) {}

    @Override
    public void onEnd(Output<? super Void> out) throws IOException {
        Table last = table.get();
        Lane[] lanes = new Lane[schema.size()];
        for (int column = 0; column < lanes.length; column++) {
            lanes[column] = last.lane(column);
        }
        try (RecordBatch rows = RecordBatch.of(schema, lanes)) {
            rows.stamp(last.epoch());
            sink.write(rows);
        }
        sink.end();
    }

    @Override
    public void close() {
        sink.close();
    }
}
