package io.streamz.blackbox.frames;

import io.streamz.core.Output;
import io.streamz.core.Position;
import io.streamz.core.Progress;
import io.streamz.core.Source;
import io.streamz.frames.FrameSource;
import io.streamz.frames.Pipeline;
import io.streamz.frames.Projection;
import io.streamz.frames.RecordBatch;
import io.streamz.frames.Schema;
import io.streamz.frames.StreamFrame;
import io.streamz.frames.Table;
import io.streamz.test.TableBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BinaryOperator;

/** Two inputs, each cut into batches, whose batches come in one order among each other. */
final class TwoSides {
    private final TableBuilder left;
    private final TableBuilder right;

    TwoSides(TableBuilder left, TableBuilder right) {
        this.left = left;
        this.right = right;
    }

    /** The rows that a plan gives, one batch a side. */
    List<String> whole(BinaryOperator<StreamFrame> plan) {
        return run(plan, new int[0], new int[0], List.of(0, 0, 1, 1));
    }

    /** The rows that a plan gives with random cuts in a random order. */
    List<String> cut(Random random, int leftRows, int rightRows, BinaryOperator<StreamFrame> plan) {
        int[] leftCuts = Cuts.of(random, leftRows);
        int[] rightCuts = Cuts.of(random, rightRows);
        List<Integer> turns = new ArrayList<>();
        turns.addAll(Collections.nCopies(leftCuts.length + 2, 0));
        turns.addAll(Collections.nCopies(rightCuts.length + 2, 1));
        Collections.shuffle(turns, random);
        return run(plan, leftCuts, rightCuts, turns);
    }

    private List<String> run(BinaryOperator<StreamFrame> plan, int[] leftCuts, int[] rightCuts, List<Integer> turns) {
        AtomicInteger at = new AtomicInteger();
        List<String> rows = new ArrayList<>();
        try (Pipeline pipeline = Pipeline.create("test")) {
            StreamFrame first = pipeline.read(new Turned(left.source("left", leftCuts), 0, turns, at));
            StreamFrame second = pipeline.read(new Turned(right.source("right", rightCuts), 1, turns, at));
            StreamFrame joined = plan.apply(first, second);
            joined.sinkBatches(batch -> Table.of(batch).toRows().forEach(row -> rows.add(row.toString())));
            pipeline.run();
        }
        return rows;
    }

    /** A source that is asked when it is its turn: once for each batch, and once for the end. */
    private record Turned(FrameSource source, int side, List<Integer> turns, AtomicInteger at) implements FrameSource {
        @Override
        public String name() {
            return source.name();
        }

        @Override
        public Schema schema() {
            return source.schema();
        }

        @Override
        public Source<RecordBatch> open(Projection needed) {
            Source<RecordBatch> inner = source.open(needed);
            return new Source<>() {
                @Override
                public Progress poll(Output<? super RecordBatch> out) throws Exception {
                    if (turns.get(at.get()) != side) {
                        Thread.onSpinWait();
                        return Progress.EMITTED;
                    }
                    Progress progress = inner.poll(out);
                    if (at.get() < turns.size() - 1) {
                        at.incrementAndGet();
                    }
                    return progress;
                }

                @Override
                public Position position() {
                    return inner.position();
                }
            };
        }
    }
}
