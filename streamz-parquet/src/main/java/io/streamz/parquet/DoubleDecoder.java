package io.streamz.parquet;

import io.streamz.aggregations.DoubleLane;
import io.streamz.aggregations.Lane;
import java.nio.ByteOrder;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Floats of 16, 32 and 64 bits. */
final class DoubleDecoder implements Decoder {
    private final PrimitiveTypeName stored;
    private double[] values;
    private double[] dictionary = {};

    DoubleDecoder(PrimitiveType column) {
        stored = column.getPrimitiveTypeName();
    }

    @Override
    public void begin(Lane lane) {
        values = ((DoubleLane) lane).values();
    }

    @Override
    public void dictionary(Dictionary from) {
        dictionary = new double[from.getMaxId() + 1];
        for (int code = 0; code < dictionary.length; code++) {
            dictionary[code] = switch (stored) {
                case DOUBLE -> from.decodeToDouble(code);
                case FLOAT -> from.decodeToFloat(code);
                default -> half(from.decodeToBinary(code));
            };
        }
    }

    @Override
    public void plain(ValuesReader in, int[] rows, int count) {
        double[] into = values;
        switch (stored) {
            case DOUBLE -> {
                for (int i = 0; i < count; i++) {
                    into[rows[i]] = in.readDouble();
                }
            }
            case FLOAT -> {
                for (int i = 0; i < count; i++) {
                    into[rows[i]] = in.readFloat();
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    into[rows[i]] = half(in.readBytes());
                }
            }
        }
    }

    @Override
    public void coded(int[] codes, int[] rows, int count) {
        double[] into = values;
        double[] from = dictionary;
        for (int i = 0; i < count; i++) {
            into[rows[i]] = from[codes[i]];
        }
    }

    /** A float of 16 bits, IEEE 754 binary16: 5 bits of exponent, 10 of fraction. */
    private static double half(Binary value) {
        int bits = value.toByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN).getShort(0) & 0xFFFF;
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        double size = switch (exponent) {
            case 0 -> Math.scalb((double) fraction, -24);
            case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> Math.scalb((double) (fraction + 1024), exponent - 25);
        };
        return bits >> 15 == 0 ? size : -size;
    }
}
