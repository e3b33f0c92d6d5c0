package io.streamz.aggregations;

/** What is told of a second moment. */
enum Spread {
    VARIANCE("var"),
    DEVIATION("std"),
    STANDARD_ERROR("sem");

    final String label;

    Spread(String label) {
        this.label = label;
    }

    /** The answer from the variance of values that were multiplied by a scale. */
    double of(double scaledVariance, double scale, double count) {
        return switch (this) {
            case VARIANCE -> scale == 1 ? scaledVariance : scaledVariance / scale / scale;
            case DEVIATION -> scale == 1 ? Math.sqrt(scaledVariance) : Math.sqrt(scaledVariance) / scale;
            case STANDARD_ERROR -> Math.sqrt(scaledVariance / count) / scale;
        };
    }

    /** The answer from the variance in steps of a grid, which are so large. */
    double inSteps(double variance, double count, double step) {
        return switch (this) {
            case VARIANCE -> variance * step * step;
            case DEVIATION -> Math.sqrt(variance) * step;
            case STANDARD_ERROR -> Math.sqrt(variance / count) * step;
        };
    }
}
