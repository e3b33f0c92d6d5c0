package io.streamz.frames.internal.text;

import io.streamz.aggregations.DataType;

/** Reads one kind of value that a long holds from its text. */
abstract class LongText {
    /** What the last text that was read says. */
    long value;

    /** Reads {@code from..to}, up to eight bytes before and behind which may be looked at; false where it is no such value. */
    abstract boolean read(byte[] bytes, int from, int to);

    /**
     * The reader of a type.
     *
     * @param epoch whether a timestamp may also be an integer in its unit
     */
    static LongText of(DataType type, boolean epoch) {
        return switch (type.kind()) {
            case BOOL -> new Bool();
            case INT -> new Int(type.bits());
            case DURATION -> new Int(64);
            case DATE -> new TimeText.Date();
            case TIME -> new TimeText.Clock(type.unit());
            case TIMESTAMP -> new TimeText.Timestamp(type.unit(), epoch);
            default -> throw new IllegalArgumentException("a long does not hold " + type);
        };
    }

    /** {@code true} and {@code false}. */
    static final class Bool extends LongText {
        @Override
        boolean read(byte[] b, int from, int to) {
            int length = to - from;
            if (length == 4 && b[from] == 't' && b[from + 1] == 'r' && b[from + 2] == 'u' && b[from + 3] == 'e') {
                value = 1;
                return true;
            }
            value = 0;
            return length == 5
                    && b[from] == 'f'
                    && b[from + 1] == 'a'
                    && b[from + 2] == 'l'
                    && b[from + 3] == 's'
                    && b[from + 4] == 'e';
        }
    }

    /** Integers: {@code -?[0-9]+} in the range of their bits. */
    static final class Int extends LongText {
        private final long least;
        private final long most;

        Int(int bits) {
            least = Long.MIN_VALUE >> (64 - bits);
            most = Long.MAX_VALUE >> (64 - bits);
        }

        @Override
        boolean read(byte[] bytes, int from, int to) {
            boolean negative = from < to && bytes[from] == '-';
            int at = negative ? from + 1 : from;
            if (at == to) {
                return false;
            }
            long limit = negative ? Long.MIN_VALUE : -Long.MAX_VALUE;
            // Sums of negative digits reach the least long, which has no positive twin.
            long sum = 0;
            for (; at < to; at++) {
                int digit = bytes[at] - '0';
                if (digit < 0 || digit > 9 || sum < Long.MIN_VALUE / 10) {
                    return false;
                }
                sum *= 10;
                if (sum < limit + digit) {
                    return false;
                }
                sum -= digit;
            }
            value = negative ? sum : -sum;
            return value >= least && value <= most;
        }
    }
}
