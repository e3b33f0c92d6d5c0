package io.streamz.examples;

import io.streamz.core.Async;
import io.streamz.core.Pipeline;
import io.streamz.core.Sources;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * A camera puts pictures into a folder. They are read two at a time and taken away, compared with what the camera has seen so far,
 * and reported where they differ from it.
 */
public final class ImageFiles {
    private static final int SIZE = 32;
    private static final int PICTURES = 40;

    /** Shades of grey, row by row. */
    record Picture(String name, double[] pixels) {}

    /** A picture, and the mean of those before it, in which old ones fade. */
    record Compared(Picture picture, double[] background) {
        Compared next(Picture newer) {
            double[] mean = new double[SIZE * SIZE];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = 0.9 * background[i] + 0.1 * picture.pixels[i];
            }
            return new Compared(newer, mean);
        }

        /** The place that differs most. */
        int place() {
            int most = 0;
            for (int i = 1; i < background.length; i++) {
                most = difference(i) > difference(most) ? i : most;
            }
            return most;
        }

        double difference(int place) {
            return Math.abs(picture.pixels[place] - background[place]);
        }
    }

    private ImageFiles() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("camera");
        takePictures(folder);
        try (var pipeline = Pipeline.create("camera")) {
            pipeline.read(Sources.files(folder, "*.png", Duration.ofMillis(100)))
                    .take(PICTURES) // without this it goes on with what comes
                    .mapBlocking(Async.parallel(2), ImageFiles::read)
                    .map(picture -> new Compared(picture, picture.pixels()))
                    .accumulate((before, now) -> before.next(now.picture()))
                    .filter(compared -> compared.difference(compared.place()) > 60)
                    .sink(compared -> System.out.printf(
                            "%s: something at %d, %d%n",
                            compared.picture().name(), compared.place() % SIZE, compared.place() / SIZE));
            pipeline.run();
        }
        Files.delete(folder);
    }

    private static Picture read(Path file) throws IOException {
        double[] pixels = ImageIO.read(file.toFile()).getRaster().getSamples(0, 0, SIZE, SIZE, 0, (double[]) null);
        Files.delete(file);
        return new Picture(file.getFileName().toString(), pixels);
    }

    /** A grey wall with some noise, and a bird that passes. */
    private static void takePictures(Path folder) throws IOException {
        var random = new Random(3);
        for (int number = 0; number < PICTURES; number++) {
            var image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
            for (int i = 0; i < SIZE * SIZE; i++) {
                image.getRaster().setSample(i % SIZE, i / SIZE, 0, 120 + random.nextInt(20));
            }
            if (number >= 30 && number < 34) {
                image.getRaster().setSample(8 * (number - 30), 16 - number % 3, 0, 20);
            }
            ImageIO.write(
                    image,
                    "png",
                    folder.resolve("picture-%02d.png".formatted(number)).toFile());
        }
    }
}
