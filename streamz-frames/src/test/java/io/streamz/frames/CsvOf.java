package io.streamz.frames;

import io.streamz.frames.internal.csv.CsvFormat;
import io.streamz.frames.internal.csv.CsvOrigin;
import io.streamz.frames.internal.csv.CsvSettings;

/** CSV whose bytes come from where a test wants. */
public final class CsvOf {
    private CsvOf() {}

    public static Csv origin(CsvOrigin origin, String name) {
        return new Csv(origin, CsvSettings.of(name, CsvFormat.INSTANCE));
    }
}
