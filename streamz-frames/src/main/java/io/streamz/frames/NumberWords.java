package io.streamz.frames;

import io.streamz.frames.internal.expr.Op;

/** The functions over numbers. Null in gives null out. */
abstract class NumberWords {
    NumberWords() {}

    /** A function of this and further operands. */
    abstract Expr call(Op op, Object... others);

    public Expr sqrt() {
        return call(Op.SQRT);
    }

    public Expr cbrt() {
        return call(Op.CBRT);
    }

    /** e to this power. */
    public Expr exp() {
        return call(Op.EXP);
    }

    /** The natural logarithm. */
    public Expr log() {
        return call(Op.LOG);
    }

    public Expr log10() {
        return call(Op.LOG10);
    }

    public Expr log2() {
        return call(Op.LOG2);
    }

    /** The natural logarithm of one more than this, exact for small values. */
    public Expr log1p() {
        return call(Op.LOG1P);
    }

    /** One less than e to this power, exact for small values. */
    public Expr expm1() {
        return call(Op.EXPM1);
    }

    public Expr sin() {
        return call(Op.SIN);
    }

    public Expr cos() {
        return call(Op.COS);
    }

    public Expr tan() {
        return call(Op.TAN);
    }

    public Expr asin() {
        return call(Op.ASIN);
    }

    public Expr acos() {
        return call(Op.ACOS);
    }

    public Expr atan() {
        return call(Op.ATAN);
    }

    public Expr sinh() {
        return call(Op.SINH);
    }

    public Expr cosh() {
        return call(Op.COSH);
    }

    public Expr tanh() {
        return call(Op.TANH);
    }

    /** The angle of the point (x, this). */
    public Expr atan2(Object x) {
        return call(Op.ATAN2, x);
    }

    /** The square root of the sum of both squares. */
    public Expr hypot(Object other) {
        return call(Op.HYPOT, other);
    }

    /** The greatest whole number not above this; floats stay floats. */
    public Expr floor() {
        return call(Op.FLOOR);
    }

    /** The least whole number not below this; floats stay floats. */
    public Expr ceil() {
        return call(Op.CEIL);
    }

    /** The whole number towards zero; floats stay floats. */
    public Expr trunc() {
        return call(Op.TRUNC);
    }

    /** To a whole number, halves to the even one; floats stay floats. */
    public Expr round() {
        return call(Op.ROUND);
    }

    /** To so many digits behind the point, before it below 0; the exact value is rounded, halves to the even digit. */
    public Expr round(int digits) {
        return call(Op.ROUND, digits);
    }

    /** -1, 0 or 1; a float for a float. */
    public Expr sign() {
        return call(Op.SIGN);
    }

    /** Not below the low end and not above the high end; a null end is none. */
    public Expr clip(Object low, Object high) {
        return call(Op.CLIP, low, high);
    }

    /** Whether this is neither infinite nor NaN. */
    public Expr isFinite() {
        return call(Op.IS_FINITE);
    }

    public Expr isInfinite() {
        return call(Op.IS_INFINITE);
    }

    public Expr isNaN() {
        return call(Op.IS_NAN);
    }

    /** Null where this is NaN, as pandas reads it. */
    public Expr nanAsNull() {
        return call(Op.NAN_AS_NULL);
    }

    public Expr bitAnd(Object other) {
        return call(Op.BIT_AND, other);
    }

    public Expr bitOr(Object other) {
        return call(Op.BIT_OR, other);
    }

    public Expr bitXor(Object other) {
        return call(Op.BIT_XOR, other);
    }

    public Expr bitNot() {
        return call(Op.BIT_NOT);
    }

    /** Times a power of two; what does not fit an int64 is a data error. */
    public Expr shiftLeft(Object places) {
        return call(Op.SHIFT_LEFT, places);
    }

    /** Divided by a power of two and rounded down. */
    public Expr shiftRight(Object places) {
        return call(Op.SHIFT_RIGHT, places);
    }
}
