package io.streamz.parquet;

import io.streamz.aggregations.Lane;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType;

/** Turns the values of one column, plain or as codes of a dictionary, into a lane. */
interface Decoder {
    /** Begins a lane that has been sized for its rows. */
    void begin(Lane lane);

    /** Takes the dictionary that codes are looked up in from now on. */
    void dictionary(Dictionary dictionary);

    /** Reads {@code count} values into the given rows of the lane. */
    void plain(ValuesReader values, int[] rows, int count);

    /** Looks up {@code count} codes and puts their values into the given rows of the lane. */
    void coded(int[] codes, int[] rows, int count);

    static Decoder of(PrimitiveType column) {
        return switch (ColumnTypes.of(column).kind()) {
            case BOOL, INT, DATE, TIME, TIMESTAMP, DURATION -> new LongDecoder(column);
            case FLOAT -> new DoubleDecoder(column);
            case DECIMAL -> new WideDecoder(column);
            case TEXT, BINARY -> new TextDecoder(column);
        };
    }
}
