package io.streamz.frames.internal.ipc;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.aggregations.LongLane;
import io.streamz.aggregations.TextLane;
import io.streamz.core.PlanException;
import io.streamz.frames.Field;
import io.streamz.frames.FileRows;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.internal.Types;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Schema;

/** The rows of one file or stream of Arrow IPC. */
final class IpcRows implements FileRows {
    private static final int BATCH = 8192;
    private static final int DEEPEST = 64;

    private final IpcMessages messages;
    private final List<org.apache.arrow.vector.types.pojo.Field> arrow;
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, String> refused = new LinkedHashMap<>();
    /** For each column that can be read its place among all. */
    private final List<Integer> places = new ArrayList<>();

    private final Map<Long, IpcColumn> dictionaryColumns = new HashMap<>();
    private final Map<Long, Lane> dictionaries = new HashMap<>();

    private IpcBody body;
    private int taken;
    /** For each column of the present batch its node and its first buffer. */
    private int[] nodes = {};

    private int[] buffers = {};
    private int[] codes = {};

    private IpcRows(IpcMessages messages) throws IOException {
        this.messages = messages;
        this.arrow = Schema.convertSchema(messages.schema()).getFields();
        Set<String> names = new HashSet<>();
        for (int place = 0; place < arrow.size(); place++) {
            String name = arrow.get(place).getName();
            if (name == null || !names.add(name)) {
                throw new IOException(name == null ? "a column has no name" : "two columns are named '" + name + "'");
            }
            add(arrow.get(place), place);
        }
    }

    static IpcRows open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            return new IpcRows(new IpcMessages(channel));
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private void add(org.apache.arrow.vector.types.pojo.Field field, int place) {
        DataType type;
        try {
            type = type(field);
        } catch (PlanException e) {
            refused.put(field.getName(), reason(field));
            return;
        }
        DictionaryEncoding encoding = field.getDictionary();
        if (encoding != null) {
            dictionaryColumns.put(encoding.getId(), new IpcColumn(field.getType(), type));
        }
        fields.add(new Field(field.getName(), type));
        places.add(place);
    }

    private static DataType type(org.apache.arrow.vector.types.pojo.Field field) {
        return switch (field.getType().getTypeID()) {
            case Null -> DataType.UTF8;
            case FloatingPoint ->
                switch (((ArrowType.FloatingPoint) field.getType()).getPrecision()) {
                    case HALF, SINGLE -> DataType.FLOAT32;
                    case DOUBLE -> DataType.FLOAT64;
                };
            default -> Types.of(field);
        };
    }

    private static String reason(org.apache.arrow.vector.types.pojo.Field field) {
        return switch (field.getType().getTypeID()) {
            case List, LargeList, FixedSizeList, ListView, LargeListView -> "is a list";
            case Struct -> "is a struct";
            case Map -> "is a map";
            default -> "has the type " + field.getType();
        };
    }

    @Override
    public List<Field> fields() {
        return fields;
    }

    @Override
    public Map<String, String> refused() {
        return refused;
    }

    @Override
    public int read(RecordBatch into, int[] wanted) throws IOException {
        if (!nextBatch()) {
            return 0;
        }
        int count = Math.min(BATCH, body.rows() - taken);
        for (int column = 0; column < wanted.length; column++) {
            if (wanted[column] >= 0) {
                int place = places.get(wanted[column]);
                decode(arrow.get(place), fields.get(wanted[column]).type(), place, count, into.fill(column));
            }
        }
        taken += count;
        return count;
    }

    private void decode(org.apache.arrow.vector.types.pojo.Field field, DataType type, int place, int count, Lane into)
            throws IOException {
        DictionaryEncoding encoding = field.getDictionary();
        if (encoding == null) {
            new IpcColumn(field.getType(), type).decode(body, nodes[place], buffers[place], taken, count, into);
            return;
        }
        LongLane indices = new LongLane();
        new IpcColumn(encoding.getIndexType(), DataType.INT64)
                .decode(body, nodes[place], buffers[place], taken, count, indices);
        Lane dictionary = dictionaries.get(encoding.getId());
        if (codes.length < count) {
            codes = new int[count];
        }
        for (int row = 0; row < count; row++) {
            long code = indices.isNull(row) ? 0 : indices.values()[row];
            boolean isThere = dictionary != null && code >= 0 && code < dictionary.size();
            if (!isThere && !indices.isNull(row)) {
                throw new IOException(
                        "column '" + field.getName() + "' has the code " + code + ", which is not in its dictionary");
            }
            codes[row] = (int) code;
        }
        look(dictionary, indices, count, into);
    }

    private void look(Lane dictionary, LongLane indices, int count, Lane into) {
        if (dictionary == null || dictionary.size() == 0) {
            into.reset(count);
            into.setAllNull();
            return;
        }
        dictionary.gather(codes, count, into);
        if (into instanceof TextLane text) {
            System.arraycopy(codes, 0, text.code(dictionary.size()), 0, count);
        }
        for (int row = 0; row < count && indices.nullCount() > 0; row++) {
            if (indices.isNull(row)) {
                into.setNull(row);
            }
        }
    }

    /** Goes to the next batch with rows where this one is over; false behind the last. */
    private boolean nextBatch() throws IOException {
        while (body == null || taken == body.rows()) {
            IpcMessages.Part part = messages.next();
            if (part == null) {
                return false;
            }
            if (part.header().headerType() == MessageHeader.DictionaryBatch) {
                dictionary(part);
            } else if (part.header().headerType() == MessageHeader.RecordBatch) {
                var batch = (org.apache.arrow.flatbuf.RecordBatch)
                        part.header().header(new org.apache.arrow.flatbuf.RecordBatch());
                body = new IpcBody(batch, part.body());
                taken = 0;
                lay();
            } else {
                throw new IOException("there is a message that is neither a batch nor a dictionary");
            }
        }
        return true;
    }

    private void dictionary(IpcMessages.Part part) throws IOException {
        DictionaryBatch batch = (DictionaryBatch) part.header().header(new DictionaryBatch());
        IpcColumn column = dictionaryColumns.get(batch.id());
        if (column == null || batch.data() == null) {
            // That of a column that is refused, or of none.
            return;
        }
        IpcBody values = new IpcBody(batch.data(), part.body());
        Lane lane = column.lane();
        column.decode(values, 0, 0, 0, values.rows(), lane);
        Lane before = batch.isDelta() ? dictionaries.get(batch.id()) : null;
        dictionaries.put(batch.id(), before == null ? lane : Appended.lane(before, lane));
    }

    /** Finds where each column lies among the nodes and buffers of the present batch. */
    private void lay() throws IOException {
        nodes = new int[arrow.size()];
        buffers = new int[arrow.size()];
        Layout layout = new Layout();
        for (int place = 0; place < arrow.size(); place++) {
            nodes[place] = layout.node;
            buffers[place] = layout.buffer;
            layout.skip(arrow.get(place), 0);
        }
    }

    /** Counts the nodes and buffers of columns, those of nested ones too. */
    private final class Layout {
        private int node;
        private int buffer;
        private int view;

        void skip(org.apache.arrow.vector.types.pojo.Field field, int depth) throws IOException {
            if (depth > DEEPEST) {
                throw new IOException("a column is nested more than " + DEEPEST + " deep");
            }
            node++;
            if (field.getDictionary() != null) {
                buffer += 2;
                return;
            }
            buffer += own(field);
            for (org.apache.arrow.vector.types.pojo.Field child : field.getChildren()) {
                skip(child, depth + 1);
            }
        }

        private int own(org.apache.arrow.vector.types.pojo.Field field) throws IOException {
            return switch (field.getType().getTypeID()) {
                case Null, RunEndEncoded -> 0;
                case Struct, FixedSizeList -> 1;
                case Utf8, LargeUtf8, Binary, LargeBinary, ListView, LargeListView -> 3;
                case Utf8View, BinaryView -> 2 + body.variadic(view++);
                case Union -> ((ArrowType.Union) field.getType()).getMode() == UnionMode.Dense ? 2 : 1;
                default -> 2;
            };
        }
    }

    @Override
    public void skip(long rows) throws IOException {
        for (long rest = rows; rest > 0; ) {
            if (!nextBatch()) {
                throw new IOException("it has fewer rows than were read of it before");
            }
            int part = (int) Math.min(rest, body.rows() - taken);
            taken += part;
            rest -= part;
        }
    }

    @Override
    public long bytes() {
        return messages.bytes();
    }

    @Override
    public void close() {
        try {
            messages.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
