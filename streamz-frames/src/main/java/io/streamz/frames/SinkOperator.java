package io.streamz.frames;

import io.streamz.core.Operator;
import io.streamz.core.OperatorContext;
import io.streamz.core.Output;
import io.streamz.core.PlanException;
import java.io.IOException;

/** Feeds a sink with all batches. */
class SinkOperator implements Operator<RecordBatch, Void> {
    final Schema schema;
    final FrameSink sink;
    private final int[] all;
    private boolean begun;
    private OperatorContext context;
    private long told;

    SinkOperator(Schema schema, FrameSink sink) {
        this.schema = schema;
        this.sink = sink;
        this.all = TableOrder.firstRows(schema.size());
    }

    /** The operator for a sink, as it can. */
    static SinkOperator of(Schema schema, FrameSink sink) {
        return sink.isResumable() ? new ResumingSinkOperator(schema, sink) : new SinkOperator(schema, sink);
    }

    @Override
    public final void open(OperatorContext opened) throws IOException {
        context = opened;
        sink.clock(opened.clock());
        begin(opened);
    }

    /** Opens the sink. */
    void begin(OperatorContext opened) throws IOException {
        if (opened.epoch() > 0 && sink instanceof WholeFileOut file && file.wouldLackRows()) {
            throw new PlanException(
                    "not-continued",
                    file.target(),
                    file.target() + " cannot go on after a restart: its format is complete only at its end",
                    "write a folder of parts, such as Parquet.parts(folder)");
        }
        sink.open(schema);
    }

    final OperatorContext context() {
        return context;
    }

    @Override
    public void onNext(RecordBatch in, Output<? super Void> out) throws IOException {
        if (begun || in.has(all)) {
            begun = true;
            sink.write(in);
            long bytes = sink.bytes();
            if (bytes != told) {
                told = bytes;
                context.memory(bytes);
            }
        }
    }

    @Override
    public void onEnd(Output<? super Void> out) throws IOException {
        sink.end();
    }

    @Override
    public void close() {
        sink.close();
    }
}
