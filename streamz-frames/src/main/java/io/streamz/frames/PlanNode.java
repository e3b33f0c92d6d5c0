package io.streamz.frames;

import io.streamz.core.PlanException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One step of a plan: immutable, its columns known when it is built. A plan is the chain from a step back to where its rows
 * come from, or a tree where steps join several inputs; two frames that grow from one step share it and, while running, its
 * operator.
 *
 * <p>State has one home and one name: {@link #identity} tells the step of one plan that a saved state belongs to.
 */
abstract sealed class PlanNode
        permits RootNode,
                FilterNode,
                ProjectNode,
                ChangesNode,
                StepNode,
                TableNode,
                EventTimeNode,
                InOrderNode,
                SideNode,
                MovingNode,
                PaneNode,
                TableJoinNode,
                TimeJoinNode {
    private final List<PlanNode> inputs;
    private final Schema schema;
    private final String label;

    PlanNode(PlanNode input, Schema schema, String label) {
        this(input == null ? List.of() : List.of(input), schema, label);
    }

    PlanNode(List<PlanNode> inputs, Schema schema, String label) {
        this.inputs = List.copyOf(inputs);
        this.schema = schema;
        this.label = label;
        for (int input = 0; input < inputs.size(); input++) {
            if (inputs.get(input).reloads() && !takesReloads(input)) {
                throw new PlanException(
                        "reloaded-table",
                        inputs.get(input).path(),
                        label + " would see all rows again with each reading of "
                                + inputs.get(input).root().label(),
                        "a table that is read again is filtered, projected, and joined with: rows.join(table).on(...)");
            }
        }
    }

    /** Whether the rows are those of a table that is read again and again. */
    boolean reloads() {
        return inputs.size() == 1 && input().reloads();
    }

    /** Whether an input may be such a table; said by the class alone. */
    boolean takesReloads(int input) {
        return false;
    }

    /** The step before, the first one where several meet, or null where rows come in. */
    final PlanNode input() {
        return inputs.isEmpty() ? null : inputs.get(0);
    }

    /** All steps before: none where rows come in, more than one where tables meet. */
    final List<PlanNode> inputs() {
        return inputs;
    }

    final Schema schema() {
        return schema;
    }

    /** What the step does, in the words that build it: {@code filter(price > 100)}. */
    final String label() {
        return label;
    }

    /** The step's place: {@code trades > filter(price > 100)}. */
    final String path() {
        return input() == null ? label : input().path() + " > " + label;
    }

    final RootNode root() {
        return this instanceof RootNode root ? root : input().root();
    }

    /** A name that stays the same while the plan up to this step does: the kind of step and a fingerprint of all that leads to it. */
    final String identity() {
        String name = label.indexOf('(') < 0 ? label : label.substring(0, label.indexOf('('));
        return name + "-" + Fingerprint.of(plan());
    }

    /** The name of the state of a sink of this step's rows. */
    final String sinkIdentity(String target) {
        return "sink-" + Fingerprint.of(plan() + "\n" + target);
    }

    /** The kind of step, whatever its details. */
    final String kind() {
        return inputs.isEmpty() ? "rows" : label.indexOf('(') < 0 ? label : label.substring(0, label.indexOf('('));
    }

    /** The steps that lead here, one a line, for people. */
    final String steps() {
        String above = inputs.stream().map(PlanNode::steps).collect(Collectors.joining("\n"));
        return inputs.isEmpty() ? label + " " + schema : above + "\n" + label;
    }

    private String plan() {
        String step = label + " -> " + schema;
        if (inputs.isEmpty()) {
            return step;
        }
        return inputs.stream().map(PlanNode::plan).collect(Collectors.joining("\n&\n")) + "\n" + step;
    }

    /** The event time of the rows, or null where none is declared; its column may be gone. */
    EventTime eventTime() {
        return inputs.size() == 1 ? input().eventTime() : null;
    }

    /** Whether rows come in the order of their event times, and none of them late. */
    boolean inOrder() {
        return false;
    }

    /** Whether the operator has a side output of late rows. */
    boolean tellsLate() {
        return false;
    }

    /** Whether the operator has the columns that are wanted when it opens, and no others later: who wants more gets one of its own. */
    boolean fixesColumns() {
        return false;
    }

    /** The columns of the first input that are read to make these columns of the output. */
    abstract Set<String> reads(Set<String> wanted);

    /** {@link #reads(Set)} of one of several inputs; the first is number 0. */
    Set<String> reads(int input, Set<String> wanted) {
        return reads(wanted);
    }

    /** What state the step keeps and what bounds it, for {@code explain()}. */
    abstract String state();

    /**
     * New behaviour with new state.
     *
     * @param wanted the columns of the result that somebody reads
     * @param rejects where answers go that do not fit
     */
    abstract FrameOperator operator(Wanted wanted, Rejects rejects);
}
