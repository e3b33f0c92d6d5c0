package io.streamz.aggregations;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One JIT profile for each class that runs through a shared loop. The JVM gathers types per bytecode; a loop shared by many
 * aggregations sees many classes, is not inlined and runs five to ten times slower. So the class file of a template is
 * defined again, as a hidden class, for each class it serves. Where the JVM does not allow that, the template itself serves.
 */
final class Clones {
    private static final ClassValue<Class<?>> LOOPS = new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> states) {
            return copy(BatchLoops.class);
        }
    };

    private static final ClassValue<Class<?>> STATES = new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> aggregation) {
            return copy(AccumulatorStates.class);
        }
    };

    private static final ClassValue<Map<Class<?>, Class<?>>> SERVING = new ClassValue<>() {
        @Override
        protected Map<Class<?>, Class<?>> computeValue(Class<?> served) {
            return new ConcurrentHashMap<>();
        }
    };

    private Clones() {}

    /** Makes an object of the template's copy that serves a class. */
    static Object of(Class<?> template, Class<?> served, MethodType constructor, Object... arguments) {
        Class<?> type = SERVING.get(served).computeIfAbsent(template, Clones::copy);
        return make(type, constructor, arguments);
    }

    static Loops loops(Class<? extends GroupStates> states) {
        return (Loops) make(LOOPS.get(states), MethodType.methodType(void.class));
    }

    static GroupStates states(Aggregation aggregation, DataType[] types) {
        MethodType type = MethodType.methodType(void.class, Aggregation.class, DataType[].class);
        return (GroupStates) make(STATES.get(aggregation.getClass()), type, aggregation, types);
    }

    private static Object make(Class<?> type, MethodType constructor, Object... arguments) {
        try {
            return MethodHandles.lookup().findConstructor(type, constructor).invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot make " + type, e);
        }
    }

    @SuppressWarnings("UnusedException") // the template itself is the answer where hidden classes are not to be had
    private static Class<?> copy(Class<?> template) {
        try (InputStream file = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            if (file == null) {
                return template;
            }
            return MethodHandles.lookup()
                    .defineHiddenClass(file.readAllBytes(), true)
                    .lookupClass();
        } catch (IOException | IllegalAccessException | LinkageError | UnsupportedOperationException e) {
            return template;
        }
    }
}
