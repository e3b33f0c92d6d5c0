package io.streamz.frames.internal.text;

import io.streamz.core.Source;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import java.util.Random;

/** Bytes that come in reads of random lengths, so that every place of a file is some time the end of one. */
final class CutOrigin extends CsvOrigin {
    private final byte[] bytes;
    private final Random random;
    private int at;

    CutOrigin(byte[] bytes, Random random) {
        this.bytes = bytes;
        this.random = random;
    }

    private final Input input = new Input() {
        @Override
        public int read(byte[] into, int place, int length) {
            if (at == bytes.length) {
                return -1;
            }
            int most = 1 + random.nextInt(random.nextInt(5) == 0 ? 100 : 5);
            int count = Math.min(bytes.length - at, Math.min(length, most));
            System.arraycopy(bytes, at, into, place, count);
            at += count;
            return count;
        }

        @Override
        public long size() {
            return -1;
        }

        @Override
        public boolean isPiecewise() {
            return true;
        }

        @Override
        public void close() {}
    };

    @Override
    public String name(CsvSettings settings) {
        return settings.name();
    }

    @Override
    public Schema look(CsvSettings settings) {
        Schema schema = Opening.look(settings, input).schema();
        at = 0;
        return schema;
    }

    @Override
    public Source<RecordBatch> open(CsvSettings settings, Schema schema, Projection needed) {
        return new CsvReader(settings, schema, needed, () -> input);
    }
}
