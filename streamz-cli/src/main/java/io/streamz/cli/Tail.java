package io.streamz.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "tail")
final class Tail implements Callable<Integer> {
    Tail(Console console) {}

    @Override
    public Integer call() {
        return 0;
    }
}
