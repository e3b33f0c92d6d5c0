package io.streamz.frames;

import io.streamz.frames.internal.text.CsvFormat;
import io.streamz.frames.internal.text.CsvOrigin;
import io.streamz.frames.internal.text.CsvSettings;
import io.streamz.frames.internal.text.JsonFormat;
import io.streamz.frames.internal.text.LineFormat;

/** Text whose bytes come from where a test wants. */
public final class CsvOf {
    private CsvOf() {}

    public static Csv origin(CsvOrigin origin, String name) {
        return new Csv(origin, CsvSettings.of(name, CsvFormat.COMMAS));
    }

    public static Ndjson json(CsvOrigin origin, String name) {
        return new Ndjson(origin, CsvSettings.of(name, JsonFormat.FLAT));
    }

    public static Lines lines(CsvOrigin origin, LineFormat format, String name) {
        return new Lines(origin, format.settings(name));
    }
}
