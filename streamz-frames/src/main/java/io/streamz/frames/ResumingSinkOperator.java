package io.streamz.frames;

import io.streamz.core.OperatorContext;
import io.streamz.core.Position;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.IOException;

/** Feeds a sink that goes on where a checkpoint has left it. */
final class ResumingSinkOperator extends SinkOperator {
    ResumingSinkOperator(Schema schema, FrameSink sink) {
        super(schema, sink);
    }

    @Override
    void begin(OperatorContext opened) throws IOException {
        if (opened.epoch() == 0) {
            sink.open(schema);
        } else if (!opened.restores()) {
            sink.resume(schema, Position.START);
        }
    }

    @Override
    public void write(StateWriter state) throws IOException {
        // What comes from here on is part of the next one.
        sink.save(context().epoch() - 1).write(state);
    }

    @Override
    public void read(StateReader state, int version) throws IOException {
        sink.resume(schema, Position.read(state));
    }

    @Override
    public void committed(long checkpoint) throws IOException {
        sink.committed(checkpoint);
    }
}
