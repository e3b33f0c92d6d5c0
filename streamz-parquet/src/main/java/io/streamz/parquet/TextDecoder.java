package io.streamz.parquet;

import io.streamz.aggregations.Lane;
import io.streamz.aggregations.TextLane;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Text and bytes. Rows of a page with a dictionary point into the dictionary's bytes and keep their codes, so that no text is copied
 * and group keys are looked up once an entry; when a lane goes on in a page without one, it takes a copy of them.
 */
final class TextDecoder implements Decoder {
    private final boolean isUuid;
    private TextLane lane;
    private boolean isEmpty;

    private byte[] bytes = {};
    private int[] starts = {0};

    TextDecoder(PrimitiveType column) {
        isUuid = column.getLogicalTypeAnnotation() instanceof UUIDLogicalTypeAnnotation;
    }

    @Override
    public void begin(Lane into) {
        lane = (TextLane) into;
        lane.clearBytes();
        isEmpty = true;
    }

    @Override
    public void dictionary(Dictionary from) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        starts = new int[from.getMaxId() + 2];
        for (int code = 0; code < starts.length - 1; code++) {
            byte[] value = bytes(from.decodeToBinary(code));
            all.write(value, 0, value.length);
            starts[code + 1] = all.size();
        }
        bytes = all.toByteArray();
    }

    private byte[] bytes(Binary value) {
        if (!isUuid) {
            return value.getBytesUnsafe();
        }
        ByteBuffer number = value.toByteBuffer().slice();
        return new UUID(number.getLong(), number.getLong()).toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void plain(ValuesReader values, int[] rows, int count) {
        isEmpty &= count == 0;
        for (int i = 0; i < count; i++) {
            Binary value = values.readBytes();
            ByteBuffer buffer = isUuid ? ByteBuffer.wrap(bytes(value)) : value.toByteBuffer();
            lane.set(rows[i], buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        }
    }

    @Override
    public void coded(int[] codes, int[] rows, int count) {
        if (isEmpty && count > 0) {
            lane.share(bytes);
            lane.code(starts.length - 1);
            isEmpty = false;
        }
        if (lane.bytes() != bytes) {
            for (int i = 0; i < count; i++) {
                int start = starts[codes[i]];
                lane.set(rows[i], bytes, start, starts[codes[i] + 1] - start);
            }
            return;
        }
        int[] codesInto = lane.codes();
        int[] startsInto = lane.starts();
        int[] lengthsInto = lane.lengths();
        for (int i = 0; i < count; i++) {
            int start = starts[codes[i]];
            codesInto[rows[i]] = codes[i];
            startsInto[rows[i]] = start;
            lengthsInto[rows[i]] = starts[codes[i] + 1] - start;
        }
    }
}
