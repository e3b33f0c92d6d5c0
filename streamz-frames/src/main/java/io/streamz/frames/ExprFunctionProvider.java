package io.streamz.frames;

import java.util.Collection;

/** Functions for expressions from a jar, found by {@link java.util.ServiceLoader} when the first unknown name is read. */
public interface ExprFunctionProvider {
    /** The functions, each with a name and a version. */
    Collection<ExprFunction> functions();
}
