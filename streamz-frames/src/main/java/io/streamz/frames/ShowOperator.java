package io.streamz.frames;

import io.streamz.core.Operator;
import io.streamz.core.OperatorContext;
import io.streamz.core.Output;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/** Prints a table when the input has ended; on a terminal also again and again in its place while it changes. */
final class ShowOperator implements Operator<RecordBatch, Void> {
    private static final Duration EVERY = Duration.ofMillis(500);

    private final Supplier<Table> table;
    private final PrintStream target;
    private final boolean terminal;
    private OperatorContext context;
    private int printedLines;
    private long printedEpoch = -1;

    ShowOperator(Supplier<Table> table, PrintStream target, boolean terminal) {
        this.table = table;
        this.target = target;
        this.terminal = terminal;
    }

    /** Whether somebody looks on; from JDK 22 on there is a console in any case, and it says so itself. */
    static boolean isTerminal(Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    @Override
    public void open(OperatorContext opened) {
        context = opened;
        waitForNext();
    }

    @Override
    public void onNext(RecordBatch in, Output<? super Void> out) {}

    @Override
    public void onTimer(long time, Output<? super Void> out) {
        Table now = table.get();
        if (now.epoch() != printedEpoch) {
            print(now);
        }
        waitForNext();
    }

    @Override
    public void onEnd(Output<? super Void> out) {
        print(table.get());
    }

    private void waitForNext() {
        if (terminal) {
            context.timer(EVERY);
        }
    }

    private void print(Table now) {
        String text = now + "\n";
        if (printedLines > 0) {
            target.printf("\u001b[%dA\u001b[J", printedLines);
        }
        target.print(text);
        target.flush();
        printedLines = terminal ? (int) text.lines().count() : 0;
        printedEpoch = now.epoch();
    }
}
