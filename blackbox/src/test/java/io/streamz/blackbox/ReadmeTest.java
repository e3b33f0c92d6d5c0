package io.streamz.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What README.md, the guide and the page of examples show is what runs. A comment above a block says what the block is:
 *
 * <ul>
 *   <li>{@code <!-- file: CsvJob -->}: that example, below its package;
 *   <li>{@code <!-- source: CsvJob -->}: the region between {@code // README} and {@code // end} of that example;
 *   <li>{@code <!-- output: CsvJob -->}: what that example prints;
 *   <li>{@code <!-- command -->}: a command, whose standard output is the block below {@code <!-- answer -->}.
 * </ul>
 */
final class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile(
            "<!-- (file|source|output|command|answer):? ?(\\w*) -->\\R```\\w*\\R(.*?)```", Pattern.DOTALL);

    private record Block(String kind, String name, String text) {}

    @BeforeAll
    static void build() {
        Streamz.build();
    }

    @Test
    void readmeShowsWhatRuns() throws IOException {
        List<Block> blocks = blocks("README.md");
        assertThat(blocks).extracting(Block::kind).contains("source", "output", "command", "answer");
        check(blocks);
    }

    @Test
    void guideShowsWhatRuns() throws IOException {
        try (Stream<Path> pages = Files.list(Project.root().resolve("docs/guide"))) {
            for (Path page : pages.sorted().toList()) {
                check(blocks("docs/guide/" + page.getFileName()));
            }
        }
    }

    @Test
    void examplesShowWhatRuns() throws IOException {
        check(blocks("examples/README.md"));
    }

    @Test
    void everyExampleIsShownWithItsOutput() throws IOException {
        List<Block> shown = new ArrayList<>(blocks("README.md"));
        shown.addAll(blocks("examples/README.md"));
        try (Stream<Path> pages = Files.list(Project.root().resolve("docs/guide"))) {
            for (Path page : pages.toList()) {
                shown.addAll(blocks("docs/guide/" + page.getFileName()));
            }
        }
        assertThat(shown)
                .filteredOn(block -> block.kind().equals("output"))
                .extracting(Block::name)
                .containsAll(Examples.names());
    }

    private static void check(List<Block> blocks) throws IOException {
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            switch (block.kind()) {
                case "file" -> assertThat(block.text()).isEqualTo(wholeBelowPackage(block.name()));
                case "source" -> assertThat(block.text()).isEqualTo(region(block.name()));
                case "output" -> assertThat(block.text()).isEqualTo(Examples.outputOf(block.name()));
                case "command" -> assertThat(blocks.get(i + 1).text()).isEqualTo(answerOf(block.text()));
                default -> assertThat(blocks.get(i - 1).kind()).isEqualTo("command");
            }
        }
    }

    private static String answerOf(String command) {
        return new Streamz.Launch(List.of("sh", "-c", command)).run().done().out();
    }

    private static List<Block> blocks(String file) throws IOException {
        Matcher matcher = BLOCK.matcher(Files.readString(Project.root().resolve(file)));
        List<Block> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        return blocks;
    }

    private static String wholeBelowPackage(String example) throws IOException {
        String text = Files.readString(source(example));
        return text.substring(text.indexOf(";\n\n") + 3);
    }

    private static Path source(String example) {
        return Project.root().resolve("examples/src/main/java/io/streamz/examples/" + example + ".java");
    }

    /** The lines of an example between its marks, moved to the left margin. */
    private static String region(String example) throws IOException {
        List<String> lines = Files.readAllLines(source(example));
        List<String> marks = lines.stream().map(String::strip).toList();
        return String.join("\n", lines.subList(marks.indexOf("// README") + 1, marks.indexOf("// end")))
                .stripIndent()
                .concat("\n");
    }
}
