package io.streamz.core;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Supplier;

/** Operators and sources that other jars bring along. Looked up each time, so a jar is loaded when it is first asked for. */
public final class Plugins {
    private Plugins() {}

    /**
     * What {@link DataStream#pipe} takes for the operator of the given name. That the types fit is the caller's promise.
     *
     * @throws PlanException if there is no such operator, or more than one
     */
    @SuppressWarnings("unchecked") // the caller's promise
    public static <I, O> Supplier<Operator<I, O>> operator(String name, Map<String, String> options) {
        OperatorProvider provider =
                find(ServiceLoader.load(OperatorProvider.class), OperatorProvider::name, "operator", name);
        return () -> (Operator<I, O>) provider.create(options);
    }

    /**
     * The source of the given name. That the type fits is the caller's promise.
     *
     * @throws PlanException if there is no such source, or more than one
     */
    @SuppressWarnings("unchecked") // the caller's promise
    public static <T> Source<T> source(String name, Map<String, String> options) {
        return (Source<T>) find(ServiceLoader.load(SourceProvider.class), SourceProvider::name, "source", name)
                .create(options);
    }

    private static <P> P find(ServiceLoader<P> loader, Function<P, String> naming, String kind, String name) {
        List<P> all = loader.stream().map(ServiceLoader.Provider::get).toList();
        List<P> named = all.stream().filter(p -> naming.apply(p).equals(name)).toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        List<String> names = all.stream().map(naming).sorted().toList();
        throw named.isEmpty()
                ? new PlanException("unknown-plugin", name, "no " + kind + " '" + name + "' among " + names, "")
                : new PlanException("duplicate-plugin", name, "several plugins give a " + kind + " '" + name + "'", "");
    }
}
