package io.streamz.core;

import java.util.Map;

/** Makes sources by name; found by {@link java.util.ServiceLoader}. */
public interface SourceProvider {
    /** The name under which it is asked for, see {@link Plugins#source}. */
    String name();

    /** A new source; what the options mean is its own business. */
    Source<?> create(Map<String, String> options);
}
