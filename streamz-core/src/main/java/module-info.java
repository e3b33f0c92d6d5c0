/** A push graph for any object. */
module io.streamz.core {
    exports io.streamz.core;
}
