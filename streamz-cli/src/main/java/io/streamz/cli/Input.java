package io.streamz.cli;

import io.streamz.frames.ArrowIpc;
import io.streamz.frames.BadRows;
import io.streamz.frames.Csv;
import io.streamz.frames.CsvProgress;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Lines;
import io.streamz.frames.Ndjson;
import io.streamz.frames.Ndjson.Nested;
import io.streamz.frames.Reject;
import io.streamz.frames.TextSource;
import io.streamz.frames.WholeFiles;
import io.streamz.parquet.Parquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where the rows come from: the format is told by {@code --format} or by the name. */
final class Input {
    private static final String STANDARD_INPUT = "standard input";
    private static final String REGEX = "regex=";

    private final Tail asked;
    private final Console console;

    /** The formats and how the names of their files end. */
    @SuppressWarnings("ImmutableEnumChecker") // what List.of makes is immutable
    enum Format {
        csv(".csv"),
        tsv(".tsv", ".tab"),
        ndjson(".ndjson", ".jsonl", ".json"),
        parquet(".parquet"),
        arrow(".arrow", ".arrows", ".feather"),
        clf(),
        combined(".log"),
        regex();

        private final List<String> endings;

        Format(String... endings) {
            this.endings = List.of(endings);
        }

        /** The format that a name tells of, or null. */
        static Format of(String name) {
            String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
            return Stream.of(values())
                    .filter(format -> format.endings.stream().anyMatch(plain::endsWith))
                    .findFirst()
                    .orElse(null);
        }
    }

    Input(Tail asked, Console console) {
        this.asked = asked;
        this.console = console;
    }

    /** The source, which tells of rows that it leaves out and how far it has come. */
    FrameSource source(BadRows badRows, Consumer<Reject> onReject, Consumer<CsvProgress> onProgress) {
        Format format = format();
        if (asked.separator != null && format != Format.csv && format != Format.tsv) {
            throw new UsageException("--separator", "has no use here: the format is " + format + ", not csv");
        }
        return switch (format) {
            case csv -> text(csv(','), badRows, onReject, onProgress);
            case tsv -> text(csv('\t'), badRows, onReject, onProgress);
            case ndjson -> text(ndjson(), badRows, onReject, onProgress);
            case clf -> text(lines(Lines.common()), badRows, onReject, onProgress);
            case combined -> text(lines(Lines.combined()), badRows, onReject, onProgress);
            case regex -> text(lines(Lines.of(asked.format.substring(REGEX.length()))), badRows, onReject, onProgress);
            case parquet -> whole(asked.follow ? Parquet.tail(file()) : Parquet.read(file()), onProgress);
            case arrow -> whole(asked.follow ? ArrowIpc.tail(file()) : ArrowIpc.read(file()), onProgress);
        };
    }

    /** A whole file for {@code --join}, in the format that its name tells; CSV where it tells none. */
    FrameSource table() {
        Format told = Format.of(asked.join.toString());
        return switch (told == null ? Format.csv : told) {
            case tsv -> Csv.read(asked.join).separator('\t').nullValues(asked.nullWords());
            case ndjson -> Ndjson.read(asked.join).nested(asked.nested ? Nested.TEXT : Nested.REFUSE);
            case parquet -> Parquet.read(asked.join);
            case arrow -> ArrowIpc.read(asked.join);
            default -> Csv.read(asked.join).nullValues(asked.nullWords());
        };
    }

    private Format format() {
        if (asked.format == null) {
            Format told = Format.of(asked.path);
            return told != null
                    ? told
                    : Files.isDirectory(Path.of(asked.path)) ? folder(Path.of(asked.path)) : Format.csv;
        }
        if (asked.format.startsWith(REGEX)) {
            return Format.regex;
        }
        return Stream.of(Format.values())
                .filter(format -> format != Format.regex && format.name().equals(asked.format))
                .findFirst()
                .orElseThrow(
                        () -> new UsageException(
                                "--format",
                                "is '" + asked.format
                                        + "'; the formats are csv, tsv, ndjson, parquet, arrow, clf, combined and regex=PATTERN"));
    }

    /** The format of all files of a folder that tell one; CSV where there are none. To leave some out is not ours to choose. */
    private static Format folder(Path folder) {
        Set<Format> found = EnumSet.noneOf(Format.class);
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && Format.of(name) != null)
                    .forEach(name -> found.add(Format.of(name)));
        } catch (IOException e) {
            return Format.csv;
        }
        if (found.size() > 1) {
            throw new UsageException("--format", "is needed: in " + folder + " there are files of " + found);
        }
        return found.size() == 1 ? found.iterator().next() : Format.csv;
    }

    private Path file() {
        if (asked.isPiped()) {
            throw new UsageException(
                    "--format", "needs a file: its end must be read first, which a pipe does not give");
        }
        return Path.of(asked.path);
    }

    private Csv csv(char usual) {
        Csv rows = asked.isPiped()
                ? Csv.read(console.in(), STANDARD_INPUT)
                : asked.follow ? Csv.tail(file()) : Csv.read(file());
        return rows.separator(asked.separator == null ? usual : separator());
    }

    /** A shell gives a tab that is written as backslash and t as these two characters. */
    private char separator() {
        String text = asked.separator.equals("\\t") ? "\t" : asked.separator;
        if (text.length() != 1) {
            throw new UsageException("--separator", "is '" + text + "'; say one character, such as ';' or '\\t'");
        }
        return text.charAt(0);
    }

    private Ndjson ndjson() {
        Ndjson rows = asked.isPiped()
                ? Ndjson.read(console.in(), STANDARD_INPUT)
                : asked.follow ? Ndjson.tail(file()) : Ndjson.read(file());
        return rows.nested(asked.nested ? Nested.TEXT : Nested.REFUSE);
    }

    private Lines lines(Lines.Form form) {
        return asked.isPiped()
                ? form.read(console.in(), STANDARD_INPUT)
                : asked.follow ? form.tail(file()) : form.read(file());
    }

    private <S extends TextSource<S>> S text(
            S source, BadRows badRows, Consumer<Reject> onReject, Consumer<CsvProgress> onProgress) {
        S typed = asked.types == null ? source : source.types(asked.types);
        S rows = asked.every == null ? typed : UsageException.asTime("--every", () -> typed.every(asked.every));
        rows = asked.isPiped() && asked.checkpoint != null ? rows.replayed() : rows;
        return rows.nullValues(asked.nullWords())
                .badRows(badRows)
                .drift(asked.onDrift.drift)
                .onReject(onReject)
                .onProgress(onProgress);
    }

    private WholeFiles whole(WholeFiles source, Consumer<CsvProgress> onProgress) {
        if (asked.types != null) {
            throw new UsageException("--types", "has no use here: the file says what its columns hold");
        }
        WholeFiles chosen = asked.columns == null
                ? source
                : source.columns(Lists.names("--columns", asked.columns).toArray(String[]::new));
        WholeFiles rows =
                asked.every == null ? chosen : UsageException.asTime("--every", () -> chosen.every(asked.every));
        return rows.drift(asked.onDrift.drift).onProgress(onProgress);
    }

    /** Whether the source itself reads only the columns of {@code --columns}. */
    boolean choosesColumns() {
        Format format = format();
        return format == Format.parquet || format == Format.arrow;
    }
}
