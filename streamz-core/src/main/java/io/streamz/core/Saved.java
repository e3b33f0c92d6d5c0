package io.streamz.core;

import java.util.List;
import java.util.Objects;

/**
 * What a node's state is called in a checkpoint.
 *
 * @param name tells it from all other states of the pipeline
 * @param kind what it is: a state of a kind that has no home, beside a node of that kind that has no state, is a changed step
 * @param plan what leads to the node, one step a line; shown where state and plan do not fit
 * @param version what the codecs are told when they read
 * @param codecs how the values in the state are written; empty where the node knows itself
 */
record Saved(String name, String kind, String plan, int version, List<Codec<?>> codecs) {
    Saved {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(plan, "plan");
    }

    /** The codec of an input or, where there is one for all, that one. */
    @SuppressWarnings("unchecked") // given for this place by who wrote the plan
    Codec<Object> codec(int input) {
        return (Codec<Object>) codecs.get(codecs.size() == 1 ? 0 : input);
    }
}
