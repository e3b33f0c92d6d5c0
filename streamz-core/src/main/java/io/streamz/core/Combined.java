package io.streamz.core;

import java.util.List;

/**
 * A number of streams made one, which may change while it runs.
 *
 * @param <T> the type of the items of the inputs
 */
public final class Combined<T> {
    private final Ports<List<T>> node;

    Combined(Ports<List<T>> node) {
        this.node = node;
    }

    /** Lists of one item of each input, in the order of the inputs. */
    public DataStream<List<T>> stream() {
        return new DataStream<>(node);
    }

    /** Adds an input, from the next item on; from then on every list has an item of it. */
    public void connect(DataStream<? extends T> input) {
        if (node.wiring.reaches(input.node)) {
            throw new PlanException("cycle", node.name, "connecting '" + input.name() + "' makes a cycle", "");
        }
        node.connect(input.node);
    }

    /** Takes an input away; what waited of it is let go. */
    public void disconnect(DataStream<? extends T> input) {
        node.disconnect(input.node);
    }
}
