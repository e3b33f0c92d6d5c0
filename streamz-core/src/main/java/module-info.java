/** A push graph for any object. */
module io.streamz.core {
    exports io.streamz.core;

    uses io.streamz.core.OperatorProvider;
    uses io.streamz.core.SourceProvider;
}
