package io.streamz.frames;

import io.streamz.core.PlanException;
import java.util.List;
import java.util.Set;

/** A table of groups that begins with what was there before. */
final class StartNode extends TableNode {
    private final TableNode table;
    private final Start start;

    private StartNode(TableNode table, Start start) {
        super(table.inputs(), table.schema(), table.label() + ".startFrom(" + start + ")");
        this.table = table;
        this.start = start;
    }

    /** With earlier answers. */
    static StartNode of(TableNode table, Table answers) {
        if (table instanceof AggregateNode groups) {
            return new StartNode(table, Start.Answers.of(groups, answers));
        }
        if (table instanceof ExpiringNode || table instanceof TopNode) {
            throw new PlanException(
                    "answers-say-too-little",
                    table.path(),
                    "startFrom: the answers of " + table.label() + " do not say when their rows came",
                    "begin with a state: startFrom(view.state()) of a view of the earlier table");
        }
        throw noGroups(table);
    }

    /** With what {@link View#state} gave. */
    static StartNode of(TableNode table, byte[] state) {
        if (table instanceof AggregateNode || table instanceof ExpiringNode || table instanceof TopNode) {
            return new StartNode(table, Start.State.of(table, state));
        }
        throw noGroups(table);
    }

    private static PlanException noGroups(TableNode table) {
        return new PlanException(
                "no-groups",
                table.path(),
                "startFrom: " + table.label() + " keeps no groups of a frame's rows",
                "say it directly behind agg: groupBy(\"k\").agg(...).startFrom(...)");
    }

    @Override
    List<String> keys() {
        return table.keys();
    }

    @Override
    boolean tellsLate() {
        return table.tellsLate();
    }

    @Override
    boolean evicts() {
        return table.evicts();
    }

    @Override
    Set<String> reads(int input, Set<String> wanted) {
        return table.reads(input, wanted);
    }

    @Override
    String state() {
        return table.state();
    }

    @Override
    TableOperator operator(Wanted wanted, Rejects rejects) {
        AggregateOperator operator = (AggregateOperator) table.operator(wanted, rejects);
        operator.startFrom(start);
        return operator;
    }
}
