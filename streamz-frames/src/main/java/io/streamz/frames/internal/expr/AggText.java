package io.streamz.frames.internal.expr;

import io.streamz.aggregations.Aggregation;
import io.streamz.aggregations.Aggregations;
import io.streamz.core.PlanException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * An aggregate as it is written.
 *
 * @param function the name that {@link Aggregations#named} knows, or that of a user's own
 * @param where the condition, or null
 * @param minCount 0 where none was asked for
 * @param name what stands behind as, or null
 */
public record AggText(
        String function, List<Node> inputs, List<Double> parameters, Node where, int minCount, String name) {

    /** Reads a list of aggregates, separated by commas. */
    public static List<AggText> parse(String text) {
        return new AggParser(text).list();
    }

    /** The built-in aggregation of a name, written in any case, with or without underscores. */
    public static Aggregation named(String function, List<Double> parameters) {
        String known = known(function);
        if (known == null) {
            throw new PlanException(
                    "unknown-function", function, "no aggregation '" + function + "'" + offer(function), "");
        }
        try {
            return Aggregations.named(
                    known, parameters.stream().mapToDouble(x -> x).toArray());
        } catch (IllegalArgumentException e) {
            throw new PlanException("parameter", function, e.getMessage(), "", e);
        }
    }

    /** The built-in name that was meant, or null. */
    public static String known(String function) {
        String plain = plain(function);
        for (String name : Aggregations.names()) {
            if (plain(name).equals(plain)) {
                return name;
            }
        }
        return null;
    }

    private static String plain(String function) {
        return function.replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** The nearest built-in name and all of them. */
    static String offer(String function) {
        return Words.offer(function, "Aggregations", Aggregations.names());
    }

    /** Built-in ones are the same by what calls them, others as they say themselves. */
    public static boolean same(Aggregation one, Aggregation other) {
        return Objects.equals(one, other) || one != null && other != null && isBuiltIn(one) && isBuiltIn(other);
    }

    private static boolean isBuiltIn(Aggregation aggregation) {
        return aggregation.getClass().getPackage() == Aggregation.class.getPackage();
    }

    /** The built-in aggregation that this names. */
    public Aggregation aggregation() {
        return named(function, parameters);
    }

    /** Refuses a wrong number of inputs. */
    public AggText checked(Aggregation aggregation) {
        int given = inputs.size();
        int most = aggregation.inputs();
        int least = aggregation.leastInputs();
        if (given < least || given > most) {
            String takes = least == most ? "" + most : least + " to " + most;
            throw new PlanException(
                    "inputs",
                    toString(),
                    function + " takes " + takes + (most == 1 ? " input" : " inputs") + " but got " + given,
                    "");
        }
        return this;
    }

    public AggText as(String newName) {
        return new AggText(function, inputs, parameters, where, minCount, newName);
    }

    public AggText where(Node condition) {
        Node both = where == null ? condition : Node.call(Op.AND, where, condition);
        return new AggText(function, inputs, parameters, both, minCount, name);
    }

    public AggText minCount(int count) {
        return new AggText(function, inputs, parameters, where, count, name);
    }

    /** The name of the answer's column. */
    public String outputName() {
        if (name != null) {
            return name;
        }
        String suggested = suggestedName();
        if (suggested != null) {
            return suggested;
        }
        throw new PlanException(
                "no-name",
                toString(),
                "the aggregate " + this + " of an expression has no name",
                "give it one with as");
    }

    /** The columns and the function: {@code qty_sum}, or {@code count} where there is no input; null of other expressions. */
    public String suggestedName() {
        StringBuilder columns = new StringBuilder();
        for (Node input : inputs) {
            if (!(input instanceof Node.Column column)) {
                return null;
            }
            columns.append(column.name()).append('_');
        }
        return columns.append(function).toString();
    }

    /** The text form. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(Words.quoted(function)).append('(');
        String gap = "";
        for (Node input : inputs) {
            out.append(gap).append(Printer.print(input));
            gap = ", ";
        }
        for (double parameter : parameters) {
            boolean whole = parameter == Math.rint(parameter) && Math.abs(parameter) < 1e15;
            out.append(gap).append(whole ? Long.toString((long) parameter) : Double.toString(parameter));
            gap = ", ";
        }
        out.append(')');
        if (where != null) {
            out.append(" where ").append(Printer.print(where));
        }
        if (minCount > 0) {
            out.append(" minCount ").append(minCount);
        }
        return name == null
                ? out.toString()
                : out.append(" as ").append(Words.quoted(name)).toString();
    }
}
