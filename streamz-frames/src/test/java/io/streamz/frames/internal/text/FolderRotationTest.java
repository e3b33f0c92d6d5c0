package io.streamz.frames.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamz.core.Position;
import io.streamz.frames.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files of a folder or a pattern are rotated as one file is, under a name that is the folder's or not, one that sorts before
 * the old name or behind it, while somebody looks or while nobody does.
 */
final class FolderRotationTest {
    private static final String EVERYWHERE = """
            app.csv,   app.csv.1,        false
            app.csv,   app.csv.1,        true
            app.csv*,  app.csv.1,        false
            app.csv*,  app.csv.1,        true
            app*,      app-20261123.csv, false
            app*,      app-20261123.csv, true
            '',        app-20261123.csv, false
            '',        app.csv.1,        false
            '',        app.csv.1,        true
            """;

    @TempDir
    private Path folder;

    private Followed followed;
    private Position saved;

    private void write(String name, int... rows) throws IOException {
        Files.writeString(folder.resolve(name), "id\n" + text(rows));
    }

    private void append(String name, int... rows) throws IOException {
        Files.writeString(folder.resolve(name), text(rows), StandardOpenOption.APPEND);
    }

    private static String text(int... rows) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(rows).forEach(row -> text.append(row).append('\n'));
        return text.toString();
    }

    private void follow(String pattern) throws IOException {
        write("app.csv", 1);
        write("other.txt", 90);
        // A name without a file is no pattern, and one file is followed elsewhere.
        String path = pattern.equals("app.csv") ? "app.[c]sv" : pattern;
        followed = new Followed(
                Csv.tail(path.isEmpty() ? folder : folder.resolve(path)).types("id:int64"));
        assertThat(followed.lookTwice()).containsExactly("1");
    }

    private void stop(boolean stops) {
        saved = stops ? followed.position() : null;
        if (stops) {
            followed.stop();
        }
    }

    private List<String> goOn() throws Exception {
        if (saved != null) {
            followed.resume(saved);
        }
        return followed.lookTwice();
    }

    private void rename(String name, String other) throws IOException {
        Files.move(folder.resolve(name), folder.resolve(other));
    }

    private void copy(String name, String other) throws IOException {
        Files.copy(folder.resolve(name), folder.resolve(other), StandardCopyOption.COPY_ATTRIBUTES);
    }

    @ParameterizedTest
    @CsvSource(textBlock = EVERYWHERE)
    void aRenamedFileIsReadToItsEnd(String pattern, String rotated, boolean stops) throws Exception {
        follow(pattern);
        append("app.csv", 2);
        stop(stops);
        append("app.csv", 3);
        rename("app.csv", rotated);
        write("app.csv", 4);
        assertThat(goOn()).containsExactlyInAnyOrder("1", "2", "3", "4");
        append(rotated, 5);
        stop(stops);
        append("app.csv", 6);
        assertThat(goOn()).hasSize(6).contains("5", "6");
        rename(rotated, "app.csv.2");
        append("app.csv.2", 7);
        assertThat(followed.lookTwice()).hasSize(7).contains("7");
        Files.delete(folder.resolve("app.csv.2"));
        followed.lookTwice();
        assertThat(followed.position().text("files").lines()).hasSize(1);
        followed.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = EVERYWHERE)
    void ofACopyOnlyThatIsReadWhichWasNotSeen(String pattern, String rotated, boolean stops) throws Exception {
        follow(pattern);
        stop(stops);
        append("app.csv", 2);
        copy("app.csv", rotated);
        write("app.csv", 3);
        assertThat(goOn()).containsExactlyInAnyOrder("1", "2", "3");
        stop(stops);
        append("app.csv", 4);
        assertThat(goOn()).hasSize(4).contains("4");
        followed.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = EVERYWHERE)
    void ofACopyNothingIsReadTwice(String pattern, String rotated, boolean stops) throws Exception {
        follow(pattern);
        append("app.csv", 2);
        followed.lookTwice();
        stop(stops);
        copy("app.csv", rotated);
        write("app.csv");
        assertThat(goOn()).containsExactly("1", "2");
        append("app.csv", 3, 4, 5, 6);
        assertThat(followed.lookTwice()).containsExactly("1", "2", "3", "4", "5", "6");
        followed.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = EVERYWHERE)
    void anotherFileWithTheSameIdentityIsNone(String pattern, String rotated, boolean stops) throws Exception {
        follow(pattern);
        append("app.csv", 2, 3);
        followed.lookTwice();
        stop(stops);
        // The bytes of another file stand where those of the known one stood, under a name of nobody.
        Files.writeString(folder.resolve("app.csv"), "nothing of that kind\nat all\n");
        rename("app.csv", "notes.txt");
        assertThat(goOn()).containsExactly("1", "2", "3");
        write("app.csv", 4);
        append("notes.txt", 91);
        assertThat(followed.lookTwice()).containsExactly("1", "2", "3", "4");
        followed.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = EVERYWHERE)
    void aFileThatWasThereIsReadThoughItIsRenamedBeforeItsFirstRow(String pattern, String rotated, boolean stops)
            throws Exception {
        write("app.csv", 1);
        String path = pattern.equals("app.csv") ? "app.[c]sv" : pattern;
        followed = new Followed(
                Csv.tail(path.isEmpty() ? folder : folder.resolve(path)).types("id:int64"));
        stop(stops);
        append("app.csv", 2);
        rename("app.csv", rotated);
        write("app.csv", 3);
        assertThat(goOn()).containsExactlyInAnyOrder("1", "2", "3");
        followed.close();
    }
}
