package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the pages of the guide against the tests whose code they show: below {@code <!-- snippet: NAME -->} stands the region of
 * the test from {@code // snippet: NAME} to {@code // end}, closed by a brace where the region leaves one open.
 */
public final class Snippets {
    private static final Pattern SHOWN =
            Pattern.compile("<!-- snippet: (\\w+) -->\\R```java\\R(.*?)```", Pattern.DOTALL);

    private Snippets() {}

    /** Every snippet of the page stands in the test, of which there is at least one. */
    public static void check(String page, Class<?> test) throws IOException {
        String text = Files.readString(Project.root().resolve("docs/guide/" + page + ".md"));
        Path file = Project.root()
                .resolve("blackbox/src/test/java/" + test.getName().replace('.', '/') + ".java");
        String source = Files.readString(file);
        Matcher shown = SHOWN.matcher(text);
        int found = 0;
        while (shown.find()) {
            found++;
            String region = plain(region(source, shown.group(1)));
            assertThat(plain(shown.group(2))).as(shown.group(1)).isIn(region, region + "}");
        }
        assertThat(found).isPositive();
    }

    private static String region(String source, String name) {
        int from = source.indexOf("// snippet: " + name + "\n");
        assertThat(from).as("region of " + name).isNotNegative();
        return source.substring(source.indexOf('\n', from), source.indexOf("// end", from));
    }

    /** Without blanks and line ends, which differ by where the code stands. */
    private static String plain(String code) {
        return code.replaceAll("\\s+", "");
    }
}
