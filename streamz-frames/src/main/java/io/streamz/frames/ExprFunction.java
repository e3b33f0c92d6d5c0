package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.aggregations.Lane;
import io.streamz.core.PlanException;
import io.streamz.frames.internal.expr.Node;
import io.streamz.frames.internal.expr.Words;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A function of one's own for expressions. With a name and a version it is part of a plan as any other: text calls it
 * ({@code risk(price, qty)}), the plan prints it ({@code risk@2(price, qty)}), a saved state knows it again. Without a name it
 * runs in this process only.
 *
 * <p>It must depend on its arguments alone: a plan may compute it again, for some rows only, or not at all. Called by one
 * thread at a time per plan, by several where several plans use it.
 *
 * <pre>{@code
 * ExprFunction risk = ExprFunction.scalar("risk", 2, DataType.FLOAT64, args -> (Double) args[0] * 0.1, DataType.FLOAT64);
 * ExprFunctions.register(risk);
 * frame.assign("risk", "risk(price)");
 * }</pre>
 */
public final class ExprFunction {
    private final String name;
    private final int version;
    private final DataType result;
    private final List<DataType> inputs;
    private final Scalar scalar;
    private final Batch batch;
    private final boolean takesNulls;

    /** Computes one value. */
    @FunctionalInterface
    public interface Scalar {
        /**
         * Computes one row.
         *
         * @param args the values as {@link Row#value(String)} gives them; none is null unless nulls are taken
         * @return such a value of the result's type, or null
         */
        Object apply(Object[] args) throws Exception;
    }

    /** Computes the values of a whole batch. */
    @FunctionalInterface
    public interface Batch {
        /**
         * Computes a batch. A row with a null among its inputs is null afterwards, whatever was written, unless nulls are taken.
         *
         * @param inputs a lane for each input with {@code rows} rows, only to be read
         * @param rows the number of rows
         * @param out the lane of the answer, reset to that many rows, none null; text starts with no bytes
         */
        void apply(List<Lane> inputs, int rows, Lane out) throws Exception;
    }

    private ExprFunction(
            String name,
            int version,
            DataType result,
            List<DataType> inputs,
            Scalar scalar,
            Batch batch,
            boolean takesNulls) {
        this.name = name;
        this.version = version;
        this.result = Objects.requireNonNull(result, "result");
        this.inputs = List.copyOf(inputs);
        this.scalar = scalar;
        this.batch = batch;
        this.takesNulls = takesNulls;
    }

    /** A function that is called row by row. */
    public static ExprFunction scalar(String name, int version, DataType result, Scalar body, DataType... inputs) {
        return new ExprFunction(
                checked(name, version),
                version,
                result,
                Arrays.asList(inputs),
                Objects.requireNonNull(body, "body"),
                null,
                false);
    }

    /** A function that is called once a batch. */
    public static ExprFunction batch(String name, int version, DataType result, Batch body, DataType... inputs) {
        return new ExprFunction(
                checked(name, version),
                version,
                result,
                Arrays.asList(inputs),
                null,
                Objects.requireNonNull(body, "body"),
                false);
    }

    /** A function without a name, for this process only. */
    public static ExprFunction local(DataType result, Scalar body, DataType... inputs) {
        return new ExprFunction(
                null, 0, result, Arrays.asList(inputs), Objects.requireNonNull(body, "body"), null, false);
    }

    private static String checked(String name, int version) {
        if (version < 1 || !Words.isFreeName(name)) {
            throw new PlanException(
                    "function-name",
                    String.valueOf(name),
                    "'" + name + "' version " + version + " is no name of a function",
                    "a letter, then letters, digits and _, no word of the language and no built-in function; versions count from 1");
        }
        return name;
    }

    /** The same function, called for rows with nulls too. */
    public ExprFunction takingNulls() {
        return new ExprFunction(name, version, result, inputs, scalar, batch, true);
    }

    /** The function of these arguments: expressions, or values as {@link Frames#lit} takes them. */
    public Expr of(Object... args) {
        List<Node> nodes = Arrays.stream(args).map(arg -> Expr.of(arg).node()).toList();
        if (nodes.size() != inputs.size()) {
            throw new PlanException(
                    "arguments",
                    label(),
                    label() + " takes " + inputs.size() + " arguments but has " + nodes.size(),
                    "they are " + inputs);
        }
        return new Expr(Node.own(this, nodes));
    }

    /** The name, or nothing for a function of this process. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** Counted from 1; 0 for a function without a name. */
    public int version() {
        return version;
    }

    public DataType result() {
        return result;
    }

    public List<DataType> inputs() {
        return inputs;
    }

    /** Whether it is called for rows with nulls too. */
    public boolean takesNulls() {
        return takesNulls;
    }

    /** The body of a function that is called row by row; else null. */
    public Scalar scalarBody() {
        return scalar;
    }

    /** The body of a function that is called once a batch; else null. */
    public Batch batchBody() {
        return batch;
    }

    /** Such as {@code risk@2}, or {@code <lambda>} for a function without a name. */
    public String label() {
        return name == null ? "<lambda>" : name + "@" + version;
    }

    @Override
    public String toString() {
        return label() + inputs + " -> " + result;
    }
}
