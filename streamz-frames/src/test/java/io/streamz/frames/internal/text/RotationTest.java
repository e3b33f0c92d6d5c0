package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.streamz.core.Position;
import io.streamz.frames.Csv;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What rotation does to a followed file, as scripts. A script is a list of steps between two bars:
 *
 * <pre>
 *   app ids        write the file anew with a header and these rows     + ids      append rows
 *   +" text        append text as it is (; is a line feed)              = text     write the file anew with text
 *   mv a b, cp a b, rm a, gz a b, cut, ln a b                            look       look until nothing more comes
 *   restart        kill, and go on from the position of the last look  stop/start  the same with steps in between
 *   begin          begin here: look at the columns, read nothing       touch a     give it the time of now
 * </pre>
 */
final class RotationTest {
    private static final Map<String, String[]> SCRIPTS = new TreeMap<>();

    private static void script(String name, String steps, String rows) {
        SCRIPTS.put(name, new String[] {steps, rows});
    }

    static {
        script("rows are appended", "app 1 2 | look | + 3 | look | + 4 5 | look", "1 2 3 4 5");
        script("half a line waits", "app 1 | look | +\" 2,x | look", "1");
        script("half a line becomes a line", "app 1 | look | +\" 2, | look | +\" x; | look", "1 2");
        script("half a character waits", "app 1 | +bytes 32 2c c3 | look | +bytes a9 0a | look", "1 2=\u00e9");
        script("a quoted line feed waits", "app 1 | +\" 2,\"a; | look | +\" b\"; | look", "1 2=a\\nb");
        script("CRLF comes in two pieces", "app 1 | +\" 2,x\r | look | +\" ; | look", "1 2");
        script("half a header waits", "=\" id, | look | +\" v; | look | + 1 | look", "1");
        script("a byte order mark in pieces", "+bytes ef bb | look | +bytes bf | +\" id,v; | + 1 | look", "1");
        script("a missing file is waited for", "look | app 1 | look", "1");
        script("an empty file is waited for", "=\" | look | look | app 1 | look", "1");
        script("rename", "app 1 2 | look | mv app app.1 | look | app 3 | look", "1 2 3");
        script("rename with rows before it", "app 1 | look | + 2 | mv app app.1 | app 3 | look", "1 2 3");
        script("rename, written to after it", "app 1 | look | mv app app.1 | +app.1 2 | look | app 3 | look", "1 2 3");
        script(
                "rename, old one written to after the new one",
                "app 1 | look | mv app app.1 | app 3 | +app.1 2 | look",
                "1 2 3");
        script(
                "the last line of a renamed file counts",
                "app 1 | +\" 2,x | look | mv app app.1 | app 3 | look",
                "1 2 3");
        script("not before there is a new one", "app 1 | +\" 2,x | look | mv app app.1 | look | look", "1");
        script(
                "a new one that is empty is believed later",
                "app 1 | +\" 2,x | look | mv app app.1 | =\" | look | look",
                "1 2");
        script(
                "two renames between looks",
                "app 1 | look | mv app app.1 | app 2 | mv app.1 app.2 | mv app app.1 | app 3 | look",
                "1 2 3");
        script(
                "three renames between looks",
                "app 1 | look | mv app app.1 | tick | app 2 | mv app.1 app.2 | mv app app.1 | tick | app 3 "
                        + "| mv app.2 app.3 | mv app.1 app.2 | mv app app.1 | app 4 | look",
                "1 2 3 4");
        script(
                "two files of the same rows between looks",
                "app 1 | look | mv app app.3 | tick | app 1 | mv app app.2 | tick | app 1 | mv app app.1 | app 2 | look",
                "1 1 1 2");
        script(
                "packed, the original still there",
                "app 1 | look | mv app app.1 | gz app.1 app.1.gz | app 2 | look",
                "1 2");
        script(
                "older rotated files are left alone",
                "app 8 | mv app app.1 | tick | app 1 | begin | look | mv app.1 app.2 | mv app app.1 | app 2 | look",
                "1 2");
        script("renamed and packed", "app 1 | look | + 2 | gz app app.1.gz | rm app | app 3 | look", "1 2 3");
        script(
                "packed after the next rename",
                "app 1 | look | mv app app.1 | app 2 | look | mv app.1 app.2 | mv app app.1 | app 3 "
                        + "| tick | gz app.2 app.2.gz | rm app.2 | look | + 4 | look",
                "1 2 3 4");
        script(
                "packed after the next copy",
                "app 1 | look | mv app app.1 | app 2 | look | mv app.1 app.2 | cp app app.1 | app 3 "
                        + "| tick | gz app.2 app.2.gz | rm app.2 | look | + 4 | look",
                "1 2 3 4");
        script(
                "packed after the next rename, while stopped",
                "app 1 | look | mv app app.1 | app 2 | look | stop | mv app.1 app.2 | + 3 | mv app app.1 | app 4 "
                        + "| tick | gz app.2 app.2.gz | rm app.2 | start | look",
                "1 2 3 4");
        script(
                "renamed twice and packed late, while stopped",
                "app 1 | look | stop | + 2 | mv app app.2 | tick | app 3 | mv app app.1 | tick | app 4 "
                        + "| tick | gz app.2 app.2.gz | rm app.2 | start | look | + 5 | look",
                "1 2 3 4 5");
        script("renamed with a date", "app 1 | look | mv app app-20261123 | app 2 | look | + 3 | look", "1 2 3");
        script("columns in another order", "app 1 | look | mv app app.1 | =\" v,id;x,2; | look", "1 2");
        script("deleted, then there again", "app 1 | look | rm app | look | look | app 2 | look", "1 2");
        script("deleted before its last rows were seen", "app 1 | look | + 2 | rm app | app 3 | look", "1 2 3");
        script("cut to nothing", "app 1 2 | look | cut | look | app 3 | look", "1 2 3");
        script("cut and written anew, shorter", "app 1 2 3 | look | app 4 | look", "1 2 3 4");
        script("cut and written anew, as long", "app 1 2 | look | app 3 4 | look", "1 2 3 4");
        script("cut and written anew, longer", "app 1 2 | look | app 3 4 5 6 | look", "1 2 3 4 5 6");
        script("copied and cut", "app 1 2 | look | cp app app.1 | app 3 | look", "1 2 3");
        script("copied and cut, with rows nobody saw", "app 1 2 | look | + 3 | cp app app.1 | app 4 | look", "1 2 3 4");
        script("copied, packed and cut", "app 1 2 | look | + 3 | gz app app.1.gz | app 4 | look", "1 2 3 4");
        script("cut with half a line", "app 1 | +\" 2, | look | cut | look | app 3 | look", "1 3");
        script("rows that nobody saw and nobody kept are lost", "app 1 | look | + 2 | app 3 | look", "1 3");
        script("a link is turned", "write a 1 | ln a app | look | write b 2 | +a 3 | ln b app | look", "1 3 2");
        script("restart in one file", "app 1 2 | look | restart | + 3 | look | restart | look | + 4 | look", "1 2 3 4");
        script("restart with half a line", "app 1 | +\" 2, | look | restart | look | +\" x; | look", "1 2");
        script("restart before the header", "=\" id | look | restart | look | +\" ,v; | + 1 | look", "1");
        script("renamed while stopped", "app 1 | look | stop | + 2 | mv app app.1 | app 3 | start | look", "1 2 3");
        script(
                "renamed while stopped, empty before",
                "=\" | look | stop | app 1 | mv app app.1 | app 2 | start | look",
                "1 2");
        script(
                "renamed twice while stopped",
                "app 1 | look | stop | + 2 | mv app app.2 | tick | app 3 | mv app app.1 | app 4 | start | look",
                "1 2 3 4");
        script(
                "renamed elsewhere while stopped",
                "app 1 | look | stop | + 2 | mv app old | app 3 | start | look",
                "1 2 3");
        script(
                "packed while stopped",
                "app 1 | look | stop | + 2 | gz app app.1.gz | rm app | app 3 | start | look",
                "1 2 3");
        script(
                "copied and cut while stopped",
                "app 1 | look | stop | + 2 | cp app app.1 | app 3 | start | look",
                "1 2 3");
        script("cut while stopped", "app 1 2 | look | stop | app 3 | start | look", "1 2 3");
        script("gone while stopped", "app 1 | look | stop | rm app | app 2 3 4 | start | look", "1 2 3 4");
        script(
                "restart between the old and the new",
                "app 1 | look | mv app app.1 | look | restart | app 2 | look | restart | + 3 | look",
                "1 2 3");
        String aside = "begin | stop | ";
        script("moved before its first row", "app 1 | " + aside + "+ 2 | mv app app.1 | app 3 | start | look", "1 2 3");
        script(
                "moved twice before its first row",
                "app 1 | " + aside
                        + "mv app app.1 | tick | app 2 | mv app.1 app.2 | mv app app.1 | tick | app 3 | start | look",
                "1 2 3");
        script("moved elsewhere before its first row", "app 1 | " + aside + "mv app old | app 2 | start | look", "1 2");
        script("cut before its first row", "app 1 | " + aside + "+ 2 | cp app app.1 | app 3 | start | look", "1 2 3");
        script("copied and not cut before its first row", "app 1 | " + aside + "cp app app.1 | start | look", "1");
        script(
                "copied before its first row, then cut",
                "app 1 | " + aside + "+ 2 | cp app app.1 | start | look | app 3 | look",
                "1 2 3");
        script(
                "packed before its first row",
                "app 1 | " + aside + "+ 2 | gz app app.1.gz | rm app | app 3 | start | look",
                "1 2 3");
        script(
                "moved and packed late before its first row",
                "app 1 | " + aside + "mv app app.1 | app 2 | mv app.1 app.2 | mv app app.1 | app 3 | tick "
                        + "| gz app.2 app.2.gz | rm app.2 | start | look",
                "1 2 3");
        script(
                "empty, then cut before its first row",
                "=\" | " + aside + "app 1 | cp app app.1 | app 2 | start | look",
                "1 2");
        script("empty and not cut", "=\" | " + aside + "app 1 | cp app app.1 | start | look | app 2 | look", "1 2");
        script(
                "what was there before is left alone",
                "app 8 | mv app app.1 | tick | app 1 | " + aside
                        + "mv app.1 app.2 | mv app app.1 | app 2 | start | look",
                "1 2");
        script(
                "what was there before is left alone, touched",
                "app 8 | mv app app.1 | app 1 | begin | look | mv app.1 app.2 | mv app app.1 | app 2 | tick | touch app.2 | look",
                "1 2");
        script(
                "what was there before is left alone, packed late",
                "app 8 | mv app app.1 | app 1 | begin | look | mv app.1 app.2 | mv app app.1 | app 2 | tick "
                        + "| gz app.2 app.2.gz | rm app.2 | look | restart | + 3 | look",
                "1 2 3");
        script(
                "what was there before, packed, is left alone, touched",
                "app 8 | gz app app.1.gz | rm app | app 1 | begin | look | mv app app.2 | app 2 | tick | touch app.1.gz | look",
                "1 2");
        script(
                "a header, then cut while stopped",
                "=\" id,v; | look | stop | + 1 | cp app app.1 | app 2 | start | look",
                "1 2");
        script(
                "a header, then cut twice while stopped",
                "=\" id,v; | look | stop | + 1 | cp app app.2 | tick | app 2 | cp app app.1 | tick | app 3 | start | look",
                "1 2 3");
        script(
                "a header, copied while stopped, cut later",
                "=\" id,v; | look | stop | + 1 | cp app app.1 | start | look | app 2 | look",
                "1 2");
        String renamed = "app 1 | look | mv app app.1 | app 2 | look | mv app.1 app.2 | mv app app.1 | app 3 | tick | ";
        script("an old one is touched", renamed + "touch app.2 | look | + 4 | look", "1 2 3 4");
        script(
                "an old one is touched while stopped",
                "app 1 | look | mv app app.1 | app 2 | look | stop | mv app.1 app.2 | mv app app.1 | app 3 | tick "
                        + "| touch app.2 | start | look | + 4 | look",
                "1 2 3 4");
        script("an old one is copied into its place", renamed + "cp app.2 x | rm app.2 | mv x app.2 | look", "1 2 3");
        script(
                "an old one is copied into its place, restart",
                renamed + "cp app.2 x | rm app.2 | mv x app.2 | restart | look",
                "1 2 3");
        script("an old one is written to once more", renamed + "+app.2 5 | look | + 4 | look", "1 2 5 3 4");
        script("waited for, all that was rotated since", "app 8 | mv app app.1 | tick | app 1 | look", "8 1");
        script(
                "waited for, rotated before it was looked at",
                "stop | app 1 | mv app app.1 | app 2 | start | look",
                "1 2");
        script(
                "waited for where others were before, rotated before it was looked at",
                "write app.1 8 | begin | stop | mv app.1 app.2 | tick | app 1 | mv app app.1 | app 2 | start | look",
                "1 2");
        script("gzip grows by members", "gzip 1 | look | +gzip 2 | look | restart | +gzip 3 | look", "1 2 3");
        script("half a gzip member waits", "halfgzip 1 2 | look | look | resthalf | look", "1 2");
    }

    @TempDir
    private Path directory;

    @TestFactory
    Stream<DynamicTest> scripts() {
        assertThat(SCRIPTS).hasSizeGreaterThanOrEqualTo(30);
        return SCRIPTS.entrySet().stream()
                .map(script -> dynamicTest(script.getKey(), () -> run(script.getValue()[0], script.getValue()[1])));
    }

    /** Positions of versions that noted the length and the fingerprint of an end alone. */
    @Test
    void endsOfAnOlderVersionAreRead() throws Exception {
        try (Followed followed = new Followed(csv(directory))) {
            Script script = new Script(directory, followed);
            script.step("app 1");
            followed.look();
            Position end = followed.position();
            script.step("mv app app.1");
            script.step("app 2");
            followed.look();
            Position saved = followed.position().with("ends", end.number("offset") + " " + end.number("fingerprint"));
            followed.stop();
            script.step("tick");
            script.step("gz app.1 app.1.gz");
            script.step("rm app.1");
            followed.resume(saved);
            assertThat(followed.look()).containsExactly("1|x", "2|x");
            script.step("mv app app.2");
            script.step("app 3");
            assertThat(followed.look()).containsExactly("1|x", "2|x", "3|x");
        }
    }

    private static Csv csv(Path folder) {
        return Csv.tail(folder.resolve("app")).types("id:int64,v:utf8");
    }

    private void run(String steps, String rows) throws Exception {
        Path folder = Files.createTempDirectory(directory, "script");
        List<String> seen;
        try (Followed followed = new Followed(csv(folder))) {
            Script script = new Script(folder, followed);
            for (String step : steps.split("\\|", -1)) {
                script.step(step.startsWith(" ") ? step.substring(1) : step);
            }
            seen = followed.rows;
        }
        List<String> expected = Stream.of(rows.split(" "))
                .map(row -> row.contains("=") ? row.replace("=", "|") : row + "|x")
                .toList();
        assertThat(seen).map(row -> row.replace("\n", "\\n")).containsExactlyElementsOf(expected);
    }

    private static final class Script {
        private final Path folder;
        private final Followed followed;
        private Position saved = Position.START;
        private byte[] rest = {};

        Script(Path folder, Followed followed) {
            this.folder = folder;
            this.followed = followed;
        }

        void step(String step) throws Exception {
            String[] words = step.strip().split(" ");
            String ids = step.strip().substring(words[0].length());
            switch (words[0]) {
                case "look" -> followed.look();
                case "restart" -> followed.restart();
                case "stop" -> {
                    saved = followed.position();
                    followed.stop();
                }
                case "start" -> followed.resume(saved);
                case "begin" -> followed.begin(csv(folder));
                case "touch" -> Files.setLastModifiedTime(path(words[1]), FileTime.from(Instant.now()));
                case "app" -> Files.writeString(path("app"), "id,v\n" + rows(ids));
                case "write" ->
                    Files.writeString(
                            path(words[1]), "id,v\n" + rows(step.strip().substring(7)));
                case "cut" -> Files.write(path("app"), new byte[0]);
                case "mv" -> Files.move(path(words[1]), path(words[2]));
                case "cp" -> Files.copy(path(words[1]), path(words[2]));
                case "rm" -> Files.delete(path(words[1]));
                case "gz" -> Files.write(path(words[2]), packed(Files.readAllBytes(path(words[1]))));
                case "ln" -> {
                    Path link = Files.createSymbolicLink(path("link"), path(words[1]));
                    Files.move(link, path(words[2]), StandardCopyOption.ATOMIC_MOVE);
                }
                case "tick" -> laterThanAll();
                case "=\"" -> Files.writeString(path("app"), text(step, "=\""));
                case "+\"" -> append("app", text(step, "+\"").getBytes(StandardCharsets.UTF_8));
                case "+bytes" -> append("app", bytes(words));
                case "gzip" ->
                    Files.write(path("app"), packed(("id,v\n" + rows(ids)).getBytes(StandardCharsets.UTF_8)));
                case "+gzip" -> append("app", packed(rows(ids).getBytes(StandardCharsets.UTF_8)));
                case "halfgzip" -> {
                    byte[] whole = packed(("id,v\n" + rows(ids)).getBytes(StandardCharsets.UTF_8));
                    Files.write(path("app"), java.util.Arrays.copyOf(whole, whole.length - 6));
                    rest = java.util.Arrays.copyOfRange(whole, whole.length - 6, whole.length);
                }
                case "resthalf" -> append("app", rest);
                default ->
                    append(
                            words[0].length() == 1 ? "app" : words[0].substring(1),
                            rows(ids).getBytes(StandardCharsets.UTF_8));
            }
        }

        private Path path(String name) {
            return folder.resolve(name);
        }

        /** File systems keep times in ticks: what is written next must get a later one. */
        private void laterThanAll() throws IOException {
            Path probe = path("probe");
            long newest = newest();
            do {
                Files.writeString(probe, "x");
            } while (Files.getLastModifiedTime(probe).toMillis() <= newest);
            Files.delete(probe);
        }

        private long newest() throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                long newest = 0;
                for (Path file : files.toList()) {
                    newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
                }
                return newest;
            }
        }

        private static String rows(String ids) {
            StringBuilder text = new StringBuilder();
            for (String id : ids.strip().split(" ", -1)) {
                text.append(id).append(",x\n");
            }
            return text.toString();
        }

        private static String text(String step, String sign) {
            String text = step.substring(step.indexOf(sign) + sign.length());
            text = text.startsWith(" ") ? text.substring(1) : text;
            text = text.endsWith(" ") ? text.substring(0, text.length() - 1) : text;
            return text.replace(';', '\n');
        }

        private static byte[] bytes(String[] words) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 1; i < words.length; i++) {
                bytes.write(Integer.parseInt(words[i], 16));
            }
            return bytes.toByteArray();
        }

        private void append(String name, byte[] bytes) throws IOException {
            Files.write(path(name), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        private static byte[] packed(byte[] bytes) throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream out = new GZIPOutputStream(packed)) {
                out.write(bytes);
            }
            return packed.toByteArray();
        }
    }
}
