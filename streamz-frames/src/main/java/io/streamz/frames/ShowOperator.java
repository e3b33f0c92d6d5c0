package io.streamz.frames;

import io.streamz.core.Operator;
import io.streamz.core.OperatorContext;
import io.streamz.core.Output;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/** Prints a table when the input has ended; on a terminal also again and again in its place while it changes. */
final class ShowOperator implements Operator<RecordBatch, Void> {
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";

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
            target.printf(UP_AND_CLEAR, printedLines);
        }
        target.print(text);
        target.flush();
        printedLines = terminal ? (int) text.lines().count() : 0;
        printedEpoch = now.epoch();
    }
}
