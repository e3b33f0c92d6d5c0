package io.streamz.frames;

import io.streamz.core.DataStream;
import io.streamz.core.NodeMetrics;
import io.streamz.core.PlanException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** One step of the plans of a pipeline as it runs there: its operator, once the pipeline has started, and what comes out. */
final class Running {
    private final PlanNode node;
    private final Rejects rejects;
    private final Wanted wanted;
    private DataStream<RecordBatch> stream;
    private final List<Running> inputs;
    private volatile FrameOperator operator;
    /** The columns that were wanted when it was opened. */
    private volatile Set<String> opened = Set.of();

    private final Set<String> outputs = ConcurrentHashMap.newKeySet();

    /** The sources that its rows come from. */
    private final Set<QuietSource> sources = new LinkedHashSet<>();

    /** How many steps and attachments take its rows. */
    private int users;

    private String savedName = "";
    private volatile boolean gone;

    /** Who knows whether the source behind this step has nothing more for now. */
    private BooleanSupplier quiet = () -> true;

    Running(PlanNode node, Rejects rejects) {
        this(node, rejects, List.of());
    }

    Running(PlanNode node, Rejects rejects, List<Running> inputs) {
        this.node = node;
        this.inputs = inputs;
        this.rejects = rejects;
        this.wanted = new Wanted(node.schema());
        inputs.forEach(input -> sources.addAll(input.sources));
        if (inputs.size() == 1) {
            quiet = inputs.get(0).quiet;
        }
    }

    PlanNode node() {
        return node;
    }

    List<Running> inputs() {
        return inputs;
    }

    /** Whether it, and all that it is made of, can have these columns from the next batch on. */
    boolean serves(Set<String> columns) {
        Set<String> all = new HashSet<>(wanted.names());
        all.addAll(columns);
        if (operator != null && node.fixesColumns() && !opened.containsAll(all)) {
            return false;
        }
        for (int input = 0; input < inputs.size(); input++) {
            if (!inputs.get(input).serves(node.reads(input, all))) {
                return false;
            }
        }
        return true;
    }

    /** One more takes its rows. */
    void use() {
        users++;
    }

    /** One takes its rows no more; whether nobody does now. */
    boolean leave() {
        return --users == 0;
    }

    /** What its state is called. */
    String savedName() {
        return savedName;
    }

    void savedName(String name) {
        savedName = name;
    }

    /** Takes it off its inputs, between two batches, and ends it. */
    void end() {
        gone = true;
        stream.destroy();
        askSources();
    }

    Wanted wanted() {
        return wanted;
    }

    void want(Collection<String> columns) {
        wanted.add(columns);
    }

    DataStream<RecordBatch> stream() {
        return stream;
    }

    void stream(DataStream<RecordBatch> out) {
        stream = out;
    }

    BooleanSupplier quiet() {
        return quiet;
    }

    /** Says which source this is the root of. */
    void source(QuietSource source) {
        sources.add(source);
        quiet = source::isQuiet;
    }

    /** The sources that its rows come from. */
    Set<QuietSource> sources() {
        return sources;
    }

    /** Lets the sources be asked again that said that they have nothing for now. */
    void askSources() {
        sources.forEach(QuietSource::ask);
    }

    /** A table that is read whole ends before the rows that wait for it do. */
    void orderEnds() {
        if (node instanceof TableJoinNode join && !join.isLive()) {
            for (QuietSource left : inputs.get(0).sources) {
                for (QuietSource right : inputs.get(1).sources) {
                    left.endsBehind(
                            right, () -> gone || operator instanceof TableJoinOperator table && table.isWhole());
                }
            }
        }
    }

    /** What went through it. */
    StepMetrics metrics() {
        FrameOperator now = operator;
        Ledger ledger = now == null ? new Ledger() : now.ledger();
        NodeMetrics of = stream.metrics();
        return new StepMetrics(
                node.label(),
                node.path(),
                ledger.taken(),
                ledger.given(),
                ledger.filtered(),
                ledger.lateOnes(),
                ledger.rejectedOnes(),
                ledger.heldOnes(),
                now == null ? -1 : now.keys(),
                now == null ? 0 : now.bytes(),
                of.queued(),
                of.busyNanos(),
                now == null ? null : EventTimeNode.instant(node.eventTime(), now.watermark()));
    }

    /** Makes the state; called when the step is opened. */
    FrameOperator open() {
        opened = wanted.names();
        FrameOperator made = node.operator(wanted, rejects);
        made.over(inputs);
        operator = made;
        outputs.forEach(this::want);
        return made;
    }

    /** Null before the pipeline starts. */
    FrameOperator operator() {
        return operator;
    }

    /** Goes on from what another running form of the same step has kept. */
    void goOnFrom(Running other) {
        try {
            operator.goOnFrom(other.operator, other.operator.kept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the outputs of a live table has a reader; other steps have one output, which is always made. */
    void want(String output) {
        outputs.add(output);
        if (node instanceof TableNode made && made.isMadeWhenAsked()) {
            inputs.get(0).want(TableOperator.CHANGES);
        }
        if (output.equals(LateNode.LATE)) {
            if (operator instanceof TellsLate judge) {
                judge.late().want();
            }
        } else if (operator instanceof TableOperator table) {
            table.want(output);
        }
    }

    /** Whether it is a table that is made when somebody looks at it, and takes no rows: nobody listens to its changes. */
    boolean isOnlyLookedAt() {
        return node instanceof TableNode made
                && made.isMadeWhenAsked()
                && operator instanceof TableOperator table
                && !table.isHeard();
    }

    /** A live table as it stands. */
    Table table() {
        return keyed().table();
    }

    /** What a table of groups has kept. */
    byte[] state() {
        if (operator instanceof AggregateOperator groups) {
            return groups.state();
        }
        throw new PlanException(
                "no-groups",
                node.path(),
                operator == null
                        ? "the pipeline has not started, and " + node.label() + " has no state"
                        : node.label() + " keeps no groups of a frame's rows",
                "ask a running view of groupBy(...).agg(...) for its state");
    }

    /** {@link TableOperator#idOrder} of a live table. */
    int[] idOrder() {
        return operator instanceof TableOperator table ? table.idOrder() : new int[0];
    }

    /** A live table as its changes have told of it. */
    KeyedTable told() {
        return operator instanceof TableOperator table ? table.told() : KeyedTable.empty(node.schema());
    }

    /** A live table as it stands, with the ids of its rows. */
    KeyedTable keyed() {
        return operator instanceof TableOperator table ? table.keyed() : KeyedTable.empty(node.schema());
    }
}
