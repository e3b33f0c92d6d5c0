package io.streamz.frames;

import io.streamz.frames.internal.expr.Op;

/**
 * The functions over dates and timestamps. A moment is seen in the zone that is named, else in that of its column, else in UTC.
 * Null in gives null out.
 */
abstract class TimeWords extends TextWords {
    TimeWords() {}

    public Expr year() {
        return call(Op.YEAR);
    }

    public Expr year(String zone) {
        return call(Op.YEAR, zone);
    }

    /** 1 to 4. */
    public Expr quarter() {
        return call(Op.QUARTER);
    }

    /** 1 to 12. */
    public Expr month() {
        return call(Op.MONTH);
    }

    public Expr month(String zone) {
        return call(Op.MONTH, zone);
    }

    /** The day of the month. */
    public Expr day() {
        return call(Op.DAY);
    }

    public Expr day(String zone) {
        return call(Op.DAY, zone);
    }

    /** 0 to 23, as the wall shows it. */
    public Expr hour() {
        return call(Op.HOUR);
    }

    public Expr hour(String zone) {
        return call(Op.HOUR, zone);
    }

    public Expr minute() {
        return call(Op.MINUTE);
    }

    public Expr second() {
        return call(Op.SECOND);
    }

    /** The nanoseconds of the second. */
    public Expr nano() {
        return call(Op.NANO);
    }

    /** 1 for Monday to 7 for Sunday. */
    public Expr dayOfWeek() {
        return call(Op.DAY_OF_WEEK);
    }

    public Expr dayOfWeek(String zone) {
        return call(Op.DAY_OF_WEEK, zone);
    }

    public Expr dayOfYear() {
        return call(Op.DAY_OF_YEAR);
    }

    /** The week of ISO 8601, 1 to 53. */
    public Expr week() {
        return call(Op.WEEK);
    }

    /** The day as a date. */
    public Expr dateOf() {
        return call(Op.DATE_OF);
    }

    /** The day that a zone has then, as a date. */
    public Expr dateOf(String zone) {
        return call(Op.DATE_OF, zone);
    }

    /** The time of the day. */
    public Expr timeOf() {
        return call(Op.TIME_OF);
    }

    /** The time of the day that a zone's clock shows then. */
    public Expr timeOf(String zone) {
        return call(Op.TIME_OF, zone);
    }

    /** Whether it is a day from Monday to Friday; holidays are not known. */
    public Expr isBusinessDay() {
        return call(Op.IS_BUSINESS_DAY);
    }

    /** {@link #isBusinessDay()} of the day that a zone has then. */
    public Expr isBusinessDay(String zone) {
        return call(Op.IS_BUSINESS_DAY, zone);
    }

    /**
     * The start of the unit it falls in: a number and one of ns, us, ms, s, m, h, d, w, mo, q, y, such as {@code 15m}. Units up to
     * days count from 1970-01-01T00:00 on the wall, weeks start on Monday, months count from January.
     */
    public Expr truncate(String unit) {
        return call(Op.TRUNCATE, unit);
    }

    /** {@link #truncate(String)} on the wall of a zone. */
    public Expr truncate(String unit, String zone) {
        return call(Op.TRUNCATE, unit, zone);
    }

    /**
     * Moved by a length of the calendar such as {@code 1mo}, {@code -2w} or {@code 1d12h}: days and more keep the time on the
     * wall, hours and less are exact; a day that a month lacks becomes its last one.
     */
    public Expr offsetBy(String length) {
        return call(Op.OFFSET_BY, length);
    }

    /** {@link #offsetBy(String)} on the wall of a zone. */
    public Expr offsetBy(String length, String zone) {
        return call(Op.OFFSET_BY, length, zone);
    }

    /** The number of whole units (ns, us, ms, s, m, h, d, w, mo, y) from this to another time. */
    public Expr unitsUntil(Object to, String unit) {
        return Expr.of(unit).call(Op.UNITS_BETWEEN, this, to);
    }

    /** {@link #unitsUntil(Object, String)} on the wall of a zone. */
    public Expr unitsUntil(Object to, String unit, String zone) {
        return Expr.of(unit).call(Op.UNITS_BETWEEN, this, to, zone);
    }

    /** The number of whole units (s, ms, us, ns) since 1970. */
    public Expr epoch(String unit) {
        return call(Op.EPOCH, unit);
    }

    /** As text, by a pattern of {@code java.time.format.DateTimeFormatter}. */
    public Expr formatTime(String pattern) {
        return call(Op.FORMAT_TIME, pattern);
    }

    /** {@link #formatTime(String)} on the wall of a zone. */
    public Expr formatTime(String pattern, String zone) {
        return call(Op.FORMAT_TIME, pattern, zone);
    }
}
