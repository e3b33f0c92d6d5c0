package io.streamz.core;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/** A {@link Checkpoint} as JSON. The last line is the checksum of the lines before it. */
final class Manifest {
    private static final long FORMAT = 1;
    private static final String SUM = "  \"crc32c\": ";

    private Manifest() {}

    static byte[] write(Checkpoint checkpoint) {
        String text = "{\n"
                + "  \"format\": " + FORMAT + ",\n"
                + "  \"pipeline\": " + Json.quoted(checkpoint.pipeline()) + ",\n"
                + "  \"plan\": " + Json.quoted(checkpoint.plan()) + ",\n"
                + "  \"number\": " + checkpoint.number() + ",\n"
                + "  \"taken\": " + Json.quoted(checkpoint.taken().toString()) + ",\n"
                + "  \"pauseNanos\": " + checkpoint.pause().toNanos() + ",\n"
                + "  \"bytes\": " + checkpoint.bytes() + ",\n"
                + "  \"checksum\": " + checkpoint.checksum() + ",\n"
                + "  \"sources\": "
                + list(checkpoint.sources().stream().map(Manifest::source).toList()) + ",\n"
                + "  \"states\": "
                + list(checkpoint.states().stream().map(Manifest::state).toList()) + ",\n";
        return (text + SUM + sum(text) + "\n}\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String list(List<String> values) {
        return values.isEmpty() ? "[]" : values.stream().collect(Collectors.joining(",\n    ", "[\n    ", "\n  ]"));
    }

    private static String source(Checkpoint.SourcePosition source) {
        return "{\"name\": " + Json.quoted(source.name()) + ", \"plan\": " + Json.quoted(source.plan())
                + ", \"position\": " + Json.quoted(source.position()) + "}";
    }

    private static String state(Checkpoint.State state) {
        return "{\"name\": " + Json.quoted(state.name()) + ", \"kind\": " + Json.quoted(state.kind()) + ", \"plan\": "
                + Json.quoted(state.plan()) + ", \"version\": " + state.version() + ", \"keys\": " + state.keys()
                + ", \"bytes\": " + state.bytes() + "}";
    }

    private static long sum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    /** Reads what {@link #write} wrote; {@link IllegalArgumentException} for anything else. */
    static Checkpoint read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.lastIndexOf(SUM);
        if (end < 0 || !text.substring(end).equals(SUM + sum(text.substring(0, end)) + "\n}\n")) {
            throw new IllegalArgumentException("its checksum does not match");
        }
        try {
            Map<?, ?> values = (Map<?, ?>) Json.read(text);
            long format = number(values, "format");
            if (format != FORMAT) {
                throw new IllegalArgumentException("it has format " + format + ", and this version reads " + FORMAT);
            }
            return new Checkpoint(
                    text(values, "pipeline"),
                    values.containsKey("plan") ? text(values, "plan") : "",
                    number(values, "number"),
                    Instant.parse(text(values, "taken")),
                    Duration.ofNanos(number(values, "pauseNanos")),
                    number(values, "bytes"),
                    number(values, "checksum"),
                    maps(values, "sources").stream()
                            .map(each -> new Checkpoint.SourcePosition(
                                    text(each, "name"), text(each, "plan"), text(each, "position")))
                            .toList(),
                    maps(values, "states").stream().map(Manifest::state).toList());
        } catch (ClassCastException | NullPointerException | java.time.DateTimeException e) {
            throw new IllegalArgumentException("it is not what this library writes", e);
        }
    }

    private static Checkpoint.State state(Map<?, ?> each) {
        return new Checkpoint.State(
                text(each, "name"),
                text(each, "kind"),
                text(each, "plan"),
                Math.toIntExact(number(each, "version")),
                number(each, "keys"),
                number(each, "bytes"));
    }

    private static List<Map<?, ?>> maps(Map<?, ?> values, String name) {
        return ((List<?>) values.get(name))
                .stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList();
    }

    private static String text(Map<?, ?> values, String name) {
        return (String) values.get(name);
    }

    private static long number(Map<?, ?> values, String name) {
        return (Long) values.get(name);
    }
}
