package io.streamz.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Where and with whom a table was made: its introduction in Markdown. */
final class Machine {
    private Machine() {}

    static String describe(List<Peer> peers) {
        StringBuilder text = new StringBuilder("# Side by side\n\n");
        text.append(String.format(
                Locale.ROOT,
                "%s, %d cores, %s; JDK %s (%s), heap up to %,d MB, no other flag.%n%n",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                Runtime.version(),
                System.getProperty("java.vm.vendor"),
                Runtime.getRuntime().maxMemory() >> 20));
        text.append("""
                Made by `benchmarks/run`. Every contestant works on one thread and holds the data in its own form before it is
                measured; all answers were found equal first (ints and text exactly, floats to 1e-9). Rates are million rows per CPU
                second, medians over rounds that alternate between the contestants; a ratio is taken within each round.

                """);
        peers.forEach(peer -> text.append("- ")
                .append(peer.name())
                .append(": ")
                .append(peer.about())
                .append('\n'));
        return text.append('\n').toString();
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
