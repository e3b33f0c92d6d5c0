package io.streamz.aggregations;

/** What the values of a column mean, and with it which lane carries them. */
public enum Kind {
    /** 0 or 1 in a {@link LongLane}. */
    BOOL,
    /** A signed integer of 8 to 64 bits in a {@link LongLane}. */
    INT,
    /** A float of 32 or 64 bits in a {@link DoubleLane}. */
    FLOAT,
    /** A 128-bit integer scaled by a power of ten in a {@link WideLane}. */
    DECIMAL,
    /** UTF-8 in a {@link TextLane}. */
    TEXT,
    /** Bytes in a {@link TextLane}. */
    BINARY,
    /** Days since 1970-01-01 in a {@link LongLane}. */
    DATE,
    /** Time of day in units since midnight in a {@link LongLane}. */
    TIME,
    /** Units since 1970-01-01T00:00Z in a {@link LongLane}. */
    TIMESTAMP,
    /** A length of time in units in a {@link LongLane}. */
    DURATION;

    /** A new, empty lane that fits this kind. */
    public Lane lane() {
        return switch (this) {
            case BOOL, INT, DATE, TIME, TIMESTAMP, DURATION -> new LongLane();
            case FLOAT -> new DoubleLane();
            case DECIMAL -> new WideLane();
            case TEXT, BINARY -> new TextLane();
        };
    }

    /** Whether a lane is of the class that carries this kind. */
    boolean fits(Lane lane) {
        return switch (this) {
            case BOOL, INT, DATE, TIME, TIMESTAMP, DURATION -> lane instanceof LongLane;
            case FLOAT -> lane instanceof DoubleLane;
            case DECIMAL -> lane instanceof WideLane;
            case TEXT, BINARY -> lane instanceof TextLane;
        };
    }

    public boolean isNumber() {
        return this == INT || this == FLOAT || this == DECIMAL;
    }

    public boolean isTime() {
        return this == DATE || this == TIME || this == TIMESTAMP || this == DURATION;
    }
}
