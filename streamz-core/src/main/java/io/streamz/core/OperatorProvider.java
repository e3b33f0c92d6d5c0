package io.streamz.core;

import java.util.Map;

/** Makes operators by name; found by {@link java.util.ServiceLoader}. */
public interface OperatorProvider {
    /** The name under which it is asked for, see {@link Plugins#operator}. */
    String name();

    /** A new operator; what the options mean is its own business. */
    Operator<?, ?> create(Map<String, String> options);
}
