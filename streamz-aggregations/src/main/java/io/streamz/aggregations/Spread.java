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
            case VARIANCE -> scaledVariance / scale / scale;
            case DEVIATION -> Math.sqrt(scaledVariance) / scale;
            case STANDARD_ERROR -> Math.sqrt(scaledVariance / count) / scale;
        };
    }
}
