package io.streamz.core;

import java.io.IOException;

/** An operator of this library that keeps what only its user can write: items, keys. */
interface CodedState {
    /** Writes the state, its values by the codec. */
    void write(Codec<Object> codec, StateWriter out) throws IOException;

    /** Reads it; called after {@code open}. */
    void read(Codec<Object> codec, StateReader in, int version) throws IOException;
}
