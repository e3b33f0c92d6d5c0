package io.streamz.frames.internal.expr;

import io.streamz.aggregations.Aggregation;
import io.streamz.aggregations.DataType;
import io.streamz.frames.Field;
import java.util.List;

/**
 * An aggregate whose names and types are settled.
 *
 * @param inputs what it aggregates; they are stateful as every {@link BoundExpr} is
 * @param where which rows it takes, or null for all
 * @param minCount with fewer values that are not null the answer is null; 0 asks for none
 * @param output the column of the answer
 */
public record BoundAgg(List<BoundExpr> inputs, BoundExpr where, Aggregation aggregation, int minCount, Field output) {
    /** The types of the inputs. */
    public DataType[] types() {
        return inputs.stream().map(BoundExpr::type).toArray(DataType[]::new);
    }

    /** The name of the answer's column. */
    public String name() {
        return output.name();
    }

    /** The type of the answer. */
    public DataType type() {
        return output.type();
    }
}
