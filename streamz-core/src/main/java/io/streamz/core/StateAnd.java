package io.streamz.core;

import java.io.IOException;
import java.util.function.BiFunction;

/**
 * A new state and what to emit.
 *
 * @param state the state for the next item
 * @param result what comes out for this one
 */
public record StateAnd<S, R>(S state, R result) {

    /** Folds with a function that gives both. */
    static final class Fold<S, T, R> implements Operator<T, R>, CodedState {
        private final BiFunction<? super S, ? super T, StateAnd<S, R>> function;
        private S state;

        Fold(S start, BiFunction<? super S, ? super T, StateAnd<S, R>> function) {
            this.state = start;
            this.function = function;
        }

        @Override
        public void write(Codec<Object> codec, StateWriter out) throws IOException {
            codec.write(state, out);
        }

        @Override
        @SuppressWarnings("unchecked") // the codec of this state
        public void read(Codec<Object> codec, StateReader in, int version) throws IOException {
            state = (S) codec.read(in, version);
        }

        @Override
        public void onNext(T item, Output<? super R> out) {
            StateAnd<S, R> both = function.apply(state, item);
            state = both.state;
            out.emit(both.result);
        }
    }
}
