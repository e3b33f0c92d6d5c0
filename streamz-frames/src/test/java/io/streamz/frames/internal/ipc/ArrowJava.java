package io.streamz.frames.internal.ipc;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.memory.unsafe.UnsafeAllocationManager;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * A program of its own, with the flags that Arrow's own reader and writer need: prints the rows of a file, or writes a file
 * with columns that we do not write.
 */
final class ArrowJava {
    private static final int BATCHES = 3;
    private static final int ROWS = 1000;

    private ArrowJava() {}

    public static void main(String[] arguments) throws Exception {
        try (BufferAllocator allocator = new RootAllocator(RootAllocator.configBuilder()
                .allocationManagerFactory(UnsafeAllocationManager.FACTORY)
                .build())) {
            if (arguments[0].equals("read")) {
                read(allocator, arguments[1]);
            } else {
                write(allocator, arguments[1], arguments[0].equals("file"));
            }
        }
    }

    private static void read(BufferAllocator allocator, String file) throws Exception {
        try (FileInputStream in = new FileInputStream(file);
                ArrowReader reader = file.endsWith(".arrows")
                        ? new ArrowStreamReader(in, allocator)
                        : new ArrowFileReader(in.getChannel(), allocator)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) {
                print(root.getFieldVectors(), root.getRowCount());
            }
        }
    }

    private static void print(List<FieldVector> vectors, int rows) {
        for (int row = 0; row < rows; row++) {
            StringJoiner line = new StringJoiner("|");
            for (FieldVector vector : vectors) {
                line.add(cell(vector, row));
            }
            System.out.println(line);
        }
    }

    private static String cell(FieldVector vector, int row) {
        if (vector.isNull(row)) {
            return "-";
        }
        if (vector instanceof BaseIntVector whole) {
            return Long.toString(whole.getValueAsLong(row));
        }
        if (vector instanceof BitVector bit) {
            return Integer.toString(bit.get(row));
        }
        if (vector instanceof Float4Vector narrow) {
            return Double.toString(narrow.get(row));
        }
        if (vector instanceof TimeStampVector time) {
            return Long.toString(time.get(row));
        }
        if (vector instanceof DateDayVector date) {
            return Integer.toString(date.get(row));
        }
        if (vector instanceof TimeMicroVector time) {
            return Long.toString(time.get(row));
        }
        if (vector instanceof VarBinaryVector bytes) {
            return HexFormat.of().formatHex(bytes.get(row));
        }
        return vector instanceof DecimalVector decimal
                ? decimal.getObject(row).toPlainString()
                : String.valueOf(vector.getObject(row));
    }

    private static void write(BufferAllocator allocator, String file, boolean isFile) throws Exception {
        try (BigIntVector id = new BigIntVector("id", allocator);
                ListVector list = ListVector.empty("list", allocator);
                UInt4Vector unsigned = new UInt4Vector("u", allocator);
                LargeVarCharVector large = new LargeVarCharVector("large", allocator);
                DateMilliVector date = new DateMilliVector("date", allocator);
                Float8Vector real = new Float8Vector("real", allocator);
                DecimalVector money = new DecimalVector("money", allocator, 20, 2);
                VarCharVector words = new VarCharVector("word", allocator);
                VarCharVector word = new VarCharVector("word", allocator)) {
            list.addOrGetVector(FieldType.nullable(new ArrowType.Int(32, true)));
            words.allocateNew();
            for (int i = 0; i < 3; i++) {
                words.setSafe(i, ("word " + i).getBytes(StandardCharsets.UTF_8));
            }
            words.setValueCount(3);
            Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(7, false, null));
            DictionaryProvider.MapDictionaryProvider provider =
                    new DictionaryProvider.MapDictionaryProvider(dictionary);
            fill(word, 0);
            try (FieldVector codes = (FieldVector) DictionaryEncoder.encode(word, dictionary);
                    FileOutputStream out = new FileOutputStream(file);
                    VectorSchemaRoot root =
                            new VectorSchemaRoot(List.of(id, list, unsigned, codes, large, date, real, money));
                    ArrowWriter writer = isFile
                            ? new ArrowFileWriter(root, provider, out.getChannel())
                            : new ArrowStreamWriter(root, provider, Channels.newChannel(out))) {
                writer.start();
                for (int batch = 0; batch < BATCHES; batch++) {
                    for (int row = 0; row < ROWS; row++) {
                        row(id, list, unsigned, large, date, real, money, batch * ROWS + row, row);
                    }
                    fill(word, batch);
                    try (FieldVector more = (FieldVector) DictionaryEncoder.encode(word, dictionary)) {
                        for (int row = 0; row < ROWS; row++) {
                            codes.copyFromSafe(row, row, more);
                        }
                    }
                    root.setRowCount(ROWS);
                    writer.writeBatch();
                }
                writer.end();
            }
        }
    }

    private static void fill(VarCharVector word, int batch) {
        word.allocateNew();
        for (int row = 0; row < ROWS; row++) {
            if ((row + batch) % 5 == 0) {
                word.setNull(row);
            } else {
                word.setSafe(row, ("word " + (row + batch) % 3).getBytes(StandardCharsets.UTF_8));
            }
        }
        word.setValueCount(ROWS);
    }

    private static void row(
            BigIntVector id,
            ListVector list,
            UInt4Vector unsigned,
            LargeVarCharVector large,
            DateMilliVector date,
            Float8Vector real,
            DecimalVector money,
            int number,
            int row) {
        id.setSafe(row, number);
        UnionListWriter writer = list.getWriter();
        writer.setPosition(row);
        writer.startList();
        writer.writeInt(number);
        writer.endList();
        unsigned.setSafe(row, -number);
        large.setSafe(row, ("text " + number).getBytes(StandardCharsets.UTF_8));
        date.setSafe(row, (number - 1500) * 86_400_000L);
        money.setSafe(row, BigDecimal.valueOf(number * 7L - 5000, 2));
        if (number % 3 == 0) {
            real.setNull(row);
        } else {
            real.setSafe(row, number / 8.0);
        }
    }

    /** The row that {@link #write} makes of a number, without the list. */
    static String expected(int number) {
        int batch = number / ROWS;
        int at = number % ROWS + batch;
        return number + "|" + (-number & 0xFFFF_FFFFL) + "|" + (at % 5 == 0 ? "-" : "word " + at % 3) + "|text "
                + number
                + "|" + (number - 1500) + "|" + (number % 3 == 0 ? "-" : Double.toString(number / 8.0)) + "|"
                + BigDecimal.valueOf(number * 7L - 5000, 2).toPlainString();
    }

    static int rows() {
        return BATCHES * ROWS;
    }
}
