package io.streamz.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(name = "streamz", mixinStandardHelpOptions = true, description = "x")
public final class Main {
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
