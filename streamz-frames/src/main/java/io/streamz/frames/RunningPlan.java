package io.streamz.frames;

import io.streamz.core.DataStream;
import io.streamz.core.Health;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The steps of the plans of a pipeline as they run there. A step that two plans share runs once. What lies between a join with a
 * live table of its own rows and the place where the two part runs for that join alone ({@link Fork}). Under the lock of the
 * pipeline.
 */
final class RunningPlan {
    private final Rejects rejects;
    private final Part shared = new Part();
    /** All in the order in which they were made, for those who look from other threads. */
    private final List<Running> ordered = new CopyOnWriteArrayList<>();

    private final Set<String> saved = new HashSet<>();

    private final Pipeline pipeline;

    RunningPlan(Pipeline pipeline, Rejects rejects) {
        this.pipeline = pipeline;
        this.rejects = rejects;
    }

    /** The steps that were there when the pipeline started, where a checkpoint keeps their state. */
    private final Set<Running> ofStart = new HashSet<>();

    /** Steps that run once: for all plans, or for one side of a join alone. */
    private static final class Part {
        private final Part around;
        private final Set<PlanNode> nodes;
        private final String owner;
        private final Map<PlanNode, Running> steps = new HashMap<>();

        /** The steps that all plans share. */
        Part() {
            this.around = null;
            this.nodes = Set.of();
            this.owner = "";
        }

        /** What leads to a table that is read once more for a join that is attached while the pipeline runs. */
        Part(Part around, TableJoinNode join) {
            this.around = around;
            this.nodes = Fork.above(join.right(), Set.of());
            this.owner = "-for-" + join.identity() + around.owner;
        }

        /** Those of one side of a join, whose state must not be taken for that of others when a join comes or goes between two runs. */
        Part(Part around, TableJoinNode join, PlanNode side) {
            this.around = around;
            this.nodes = join.fork().behind(side);
            this.owner = "-for-" + join.identity() + around.owner;
        }

        Part of(PlanNode node) {
            return around == null || nodes.contains(node) ? this : around.of(node);
        }
    }

    /** Adds where rows come in, which stays. */
    void add(Running root) {
        root.use();
        add(shared, root.node(), root);
    }

    private void add(Part part, PlanNode node, Running running) {
        part.steps.put(node, running);
        ordered.add(running);
    }

    List<Running> ordered() {
        return ordered;
    }

    /** The running form of a step that all plans share, or null. */
    Running of(PlanNode node) {
        return shared.steps.get(node);
    }

    /** The step as it runs here, with its inputs; its output has these columns from the next batch on. */
    Running running(PlanNode node, Collection<String> columns) {
        return running(shared, node, columns);
    }

    private Running running(Part asking, PlanNode node, Collection<String> columns) {
        Part part = asking.of(node);
        Running known = part.steps.get(node);
        Set<String> wanted =
                new LinkedHashSet<>(known == null ? Set.of() : known.wanted().names());
        wanted.addAll(columns);
        Running running = known != null && known.serves(wanted) ? known : made(part, node, wanted);
        widen(running, wanted);
        return running;
    }

    /** Columns for a step and all that they are made of. */
    private static void widen(Running running, Set<String> wanted) {
        PlanNode node = running.node();
        running.want(wanted);
        for (int input = 0; input < running.inputs().size(); input++) {
            Running above = running.inputs().get(input);
            Set<String> read = new LinkedHashSet<>(above.wanted().names());
            read.addAll(node.reads(input, wanted));
            widen(above, read);
            above.wanted().addRows(node instanceof FilterNode filter ? filter.condition() : null);
        }
        if (node instanceof LateNode) {
            Running judged = running.inputs().get(0).inputs().get(0);
            Set<String> read = new LinkedHashSet<>(judged.wanted().names());
            read.addAll(wanted);
            widen(judged, read);
        }
    }

    /** A step that does not run yet, or that runs and cannot have more columns: then it is made once more, with what is behind it. */
    private Running made(Part part, PlanNode node, Set<String> wanted) {
        Running running;
        if (node instanceof TableJoinNode join && join.fork() != null) {
            running = asOfEachRow(part, join, wanted);
        } else {
            List<Running> inputs = new ArrayList<>();
            for (int input = 0; input < node.inputs().size(); input++) {
                Part from = input == 1 && node instanceof TableJoinNode join ? ofTable(part, join) : part;
                inputs.add(running(from, node.inputs().get(input), node.reads(input, wanted)));
            }
            running = piped(part, node, inputs, wanted);
        }
        add(part, node, running);
        return running;
    }

    /** The rows of a table come once: a join that is attached when they have begun to reads it again. */
    private Part ofTable(Part part, TableJoinNode join) {
        if (!join.fixesColumns()) {
            return part;
        }
        Part again = new Part(part, join);
        boolean begun = false;
        for (PlanNode root : again.nodes) {
            if (root instanceof RootNode) {
                boolean missed = pipeline.hasBegun(root);
                begun |= missed;
                again.steps.put(root, of(missed ? pipeline.again(root).node() : root));
            }
        }
        return begun ? again : part;
    }

    /** A join with a live table of its own rows, behind steps that run for it alone. */
    private Running asOfEachRow(Part part, TableJoinNode join, Set<String> wanted) {
        Fork fork = join.fork();
        Part left = new Part(part, join, join.left());
        Part right = new Part(part, join, join.right());
        List<Running> runs = new ArrayList<>();
        fork.reads(join, wanted).forEach((place, columns) -> {
            Running cut = piped(right, fork.runs(place), List.of(running(part, place, columns)), columns);
            runs.add(cut);
            add(right, place, cut);
            // Where the left side comes first, it hangs on a step more: that is there before what the right side hangs
            // on.
            left.steps.put(place, join.before() ? piped(left, fork.runs(cut.node()), List.of(cut), columns) : cut);
        });
        boolean late = runs.get(0).operator() != null;
        if (late) {
            runs.forEach(cut -> ((RunsOperator) cut.operator()).hold());
        }
        Running running = piped(part, join, sides(left, right, join, wanted), wanted);
        if (late) {
            pipeline.between(runs.get(0), () -> {
                goOn(part, running.inputs());
                runs.forEach(cut -> ((RunsOperator) cut.operator()).letGo());
            });
        }
        return running;
    }

    /** Branches are served in the order in which they are built: the side that is built first sees each row first. */
    private List<Running> sides(Part left, Part right, TableJoinNode join, Set<String> wanted) {
        if (join.before()) {
            Running rows = running(left, join.left(), join.reads(0, wanted));
            return List.of(rows, running(right, join.right(), join.reads(1, wanted)));
        }
        Running table = running(right, join.right(), join.reads(1, wanted));
        return List.of(running(left, join.left(), join.reads(0, wanted)), table);
    }

    /** Lets steps that begin while the pipeline runs go on from what the same steps have kept that run already. */
    private static void goOn(Part known, List<Running> begun) {
        Map<Running, Running> same = new LinkedHashMap<>();
        begun.forEach(each -> pair(known, each, null, same));
        if (same.entrySet().stream()
                .allMatch(each -> each.getValue().serves(each.getKey().wanted().names()))) {
            same.forEach(Running::goOnFrom);
        }
    }

    /** Finds the steps that do the same, those above before those below. */
    private static void pair(Part known, Running step, Running like, Map<Running, Running> same) {
        boolean cuts = step.operator() instanceof RunsOperator;
        Running other = like;
        if (cuts && !(like != null && like.operator() instanceof RunsOperator)) {
            other = null;
        } else if (like == null) {
            other = known.of(step.node()).steps.get(step.node());
        }
        if (step == other || same.containsKey(step)) {
            return;
        }
        for (int input = 0; input < step.inputs().size(); input++) {
            Running above = other == null ? null : other.inputs().get(input);
            pair(known, step.inputs().get(input), above, same);
        }
        if (other != null && other.operator() != null) {
            same.put(step, other);
        }
    }

    private Running piped(Part part, PlanNode node, List<Running> inputs, Set<String> wanted) {
        Running running = new Running(node, rejects, inputs);
        running.want(wanted);
        inputs.forEach(Running::use);
        List<DataStream<RecordBatch>> streams =
                inputs.stream().map(input -> output(input, node)).toList();
        running.orderEnds();
        DataStream<RecordBatch> stream = streams.size() == 1
                ? streams.get(0).pipe(node.label(), running::open)
                : streams.get(0).pipe(node.label(), running::open, streams.subList(1, streams.size()));
        running.savedName(unique(node.identity() + part.owner));
        running.stream(stream.saved(running.savedName(), node.kind(), node.steps()));
        if (pipeline.health().state() == Health.State.NEW) {
            ofStart.add(running);
        }
        return running;
    }

    /**
     * Somebody takes the rows of a step no more. What nobody takes rows of ends, and so on upwards; who comes later gets it anew, from
     * then on. Where rows come in stays, and so does, where checkpoints are made, what was there at the start: a restarted program looks
     * for its state.
     */
    void leave(Running running) {
        if (running.leave() && !(ofStart.contains(running) && pipeline.keepsState())) {
            shared.steps.values().remove(running);
            ordered.remove(running);
            ofStart.remove(running);
            saved.remove(running.savedName());
            running.end();
            running.inputs().forEach(this::leave);
        }
    }

    /** The state of a step is kept under the name of its plan. */
    DataStream<RecordBatch> saved(PlanNode node, DataStream<RecordBatch> stream) {
        return saved(node.identity(), node.kind(), node, stream);
    }

    /** Equal steps that do not share their operator have equal state, so it does not matter which of them has which number. */
    <T> DataStream<T> saved(String name, String kind, PlanNode node, DataStream<T> stream) {
        return stream.saved(unique(name), kind, node.steps());
    }

    private String unique(String name) {
        String unique = name;
        for (int number = 2; !saved.add(unique); number++) {
            unique = name + "-" + number;
        }
        return unique;
    }

    /** The output of a step that another one takes. */
    private static DataStream<RecordBatch> output(Running step, PlanNode taker) {
        if (taker instanceof SideNode side) {
            step.want(side.side());
            return step.stream().side(side.side(), RecordBatch.class);
        }
        if (!(taker instanceof TableNode table && table.isMadeWhenAsked())) {
            step.want(TableOperator.CHANGES);
        }
        return step.stream();
    }
}
