package io.streamz.examples;

import static io.streamz.frames.Frames.tumblingRows;

import io.streamz.core.DataStream;
import io.streamz.frames.Pipeline;
import java.util.Random;

/**
 * A model that learns while it is used: each house is priced before its true price is shown to the model, so the error is that of
 * houses it had not seen. In the middle the market changes; the error tells, and the model learns it.
 */
public final class OnlineLearning {
    /** What learns; put your own here. */
    interface Model {
        double predict(double... features);

        void learn(double truth, double... features);
    }

    /** What is known of a house, in hundreds of square metres and in decades, and what it went for. */
    record House(double size, double age, double price) {}

    /** A house, and what the model made of it. */
    record Guess(House house, double price) {
        Score score() {
            return new Score(Math.abs(price - house.price()));
        }
    }

    /** How far off a guess was. */
    record Score(double error) {}

    private OnlineLearning() {}

    public static void main(String[] args) {
        var model = new Linear(2, 0.05);
        try (var pipeline = Pipeline.create("houses")) {
            DataStream<House> houses = pipeline.stream(House.class);
            var guesses = houses.map(house -> new Guess(house, model.predict(house.size(), house.age())))
                    .named("predict");
            var scores = guesses.map(Guess::score).named("score");
            guesses.sink(guess -> model.learn(
                            guess.house().price(),
                            guess.house().size(),
                            guess.house().age()))
                    .named("train");
            pipeline.frame(scores, Score.class)
                    .window(tumblingRows(500))
                    .agg("mean(error) as error, max(error) as worst")
                    .sink(row -> System.out.printf(
                            "houses %4d to %4d: off by %5.1f, at worst by %5.1f%n",
                            row.int64("window_start"),
                            row.int64("window_end"),
                            row.float64("error"),
                            row.float64("worst")));
            pipeline.start();
            var random = new Random(5);
            for (int i = 0; i < 3000; i++) {
                houses.emit(sold(random, i < 1500 ? 200 : 300));
            }
            houses.end();
        }
    }

    private static House sold(Random random, double perSize) {
        double size = 0.5 + random.nextDouble();
        double age = 5 * random.nextDouble();
        return new House(size, age, 50 + perSize * size - 10 * age + 5 * random.nextGaussian());
    }

    /** Least squares, one step down the gradient for each truth. */
    static final class Linear implements Model {
        private final double[] weights;
        private final double rate;

        Linear(int features, double rate) {
            this.weights = new double[features + 1];
            this.rate = rate;
        }

        @Override
        public double predict(double... features) {
            double sum = weights[features.length];
            for (int i = 0; i < features.length; i++) {
                sum += weights[i] * features[i];
            }
            return sum;
        }

        @Override
        public void learn(double truth, double... features) {
            double step = rate * (truth - predict(features));
            for (int i = 0; i < features.length; i++) {
                weights[i] += step * features[i];
            }
            weights[features.length] += step;
        }
    }
}
