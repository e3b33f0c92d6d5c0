package io.streamz.aggregations;

/** A number as the sum of two doubles, about 106 bits (Dekker 1971), for answers and merges; loops keep the terms in locals. */
final class TwoTerm {
    double high;
    double low;

    TwoTerm set(double newHigh, double newLow) {
        high = newHigh + newLow;
        low = newLow - (high - newHigh);
        return this;
    }

    TwoTerm set(TwoTerm other) {
        high = other.high;
        low = other.low;
        return this;
    }

    TwoTerm add(double otherHigh, double otherLow) {
        double sum = high + otherHigh;
        double part = sum - high;
        double rest = high - (sum - part) + (otherHigh - part) + (low + otherLow);
        high = sum + rest;
        low = rest - (high - sum);
        return this;
    }

    TwoTerm subtract(TwoTerm other) {
        return add(-other.high, -other.low);
    }

    TwoTerm times(double factor) {
        return times(factor, 0);
    }

    TwoTerm times(double otherHigh, double otherLow) {
        double product = high * otherHigh;
        double rest = Math.fma(high, otherHigh, -product) + (high * otherLow + low * otherHigh);
        high = product + rest;
        low = rest - (high - product);
        return this;
    }

    TwoTerm square() {
        return times(high, low);
    }

    TwoTerm over(double divisor) {
        double first = high / divisor;
        double second = (Math.fma(-first, divisor, high) + low) / divisor;
        high = first + second;
        low = second - (high - first);
        return this;
    }

    double value() {
        return high + low;
    }
}
