package io.streamz.frames;

import io.streamz.core.PlanException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The functions that text may call beside the built-in ones: those that were registered, and those of every
 * {@link ExprFunctionProvider}. To be used by any thread.
 */
public final class ExprFunctions {
    private static final TreeMap<String, TreeMap<Integer, ExprFunction>> KNOWN =
            new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private static boolean loaded;

    private ExprFunctions() {}

    /**
     * Makes a function known by its name and version.
     *
     * @throws PlanException when it has no name, or another one is known by name and version already
     */
    public static synchronized void register(ExprFunction function) {
        load();
        add(function);
    }

    private static void add(ExprFunction function) {
        String name = function.name()
                .orElseThrow(() -> new PlanException(
                        "function-name",
                        function.label(),
                        "a function without a name cannot be registered",
                        "make it with ExprFunction.scalar(name, version, ...)"));
        ExprFunction other =
                KNOWN.computeIfAbsent(name, missing -> new TreeMap<>()).putIfAbsent(function.version(), function);
        if (other != null && other != function) {
            throw new PlanException(
                    "function-name",
                    function.label(),
                    "another function is known as " + function.label(),
                    "give it a version that is not taken");
        }
    }

    /**
     * The function of a name, in any case.
     *
     * @param version the version, or 0 for the highest one
     * @return null where there is none
     */
    public static synchronized ExprFunction find(String name, int version) {
        load();
        TreeMap<Integer, ExprFunction> versions = KNOWN.get(name);
        if (versions == null) {
            return null;
        }
        return version == 0 ? versions.lastEntry().getValue() : versions.get(version);
    }

    /** The names that are known. */
    public static synchronized List<String> names() {
        load();
        return List.copyOf(KNOWN.keySet());
    }

    private static void load() {
        if (!loaded) {
            loaded = true;
            for (ExprFunctionProvider provider : ServiceLoader.load(ExprFunctionProvider.class)) {
                provider.functions().forEach(ExprFunctions::add);
            }
        }
    }
}
