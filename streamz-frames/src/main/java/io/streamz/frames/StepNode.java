package io.streamz.frames;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A step whose rows are those of its inputs, all or some: what differs from step to step is only its operator. */
final class StepNode extends PlanNode {
    private final String state;
    private final UnaryOperator<Set<String>> reads;
    private final BiFunction<StepNode, Rejects, FrameOperator> maker;
    private final boolean keepsTime;

    private StepNode(
            List<PlanNode> inputs,
            Schema schema,
            String label,
            String state,
            boolean keepsTime,
            UnaryOperator<Set<String>> reads,
            BiFunction<StepNode, Rejects, FrameOperator> maker) {
        super(inputs, schema, label);
        this.state = state;
        this.keepsTime = keepsTime;
        this.reads = reads;
        this.maker = maker;
    }

    /**
     * A step whose rows are those of its input: some of them, or some several times.
     *
     * @param state what state it keeps and what bounds it
     * @param also the columns that it reads itself
     */
    static StepNode keeping(
            PlanNode input,
            String label,
            String state,
            Set<String> also,
            BiFunction<StepNode, Rejects, FrameOperator> maker) {
        return new StepNode(List.of(input), input.schema(), label, state, true, wanted -> both(wanted, also), maker);
    }

    /** A step that makes other batches, of all columns of its inputs. */
    static StepNode remaking(
            List<PlanNode> inputs,
            Schema schema,
            String label,
            String state,
            boolean keepsTime,
            BiFunction<StepNode, Rejects, FrameOperator> maker) {
        Set<String> all = new LinkedHashSet<>(inputs.get(0).schema().names());
        return new StepNode(inputs, schema, label, state, keepsTime, wanted -> all, maker);
    }

    private static Set<String> both(Set<String> wanted, Set<String> also) {
        Set<String> both = new LinkedHashSet<>(wanted);
        both.addAll(also);
        return both;
    }

    @Override
    EventTime eventTime() {
        return keepsTime ? super.eventTime() : null;
    }

    @Override
    Set<String> reads(Set<String> wanted) {
        return reads.apply(wanted);
    }

    @Override
    String state() {
        return state;
    }

    @Override
    FrameOperator operator(Wanted wanted, Rejects rejects) {
        return maker.apply(this, rejects);
    }
}
