package io.streamz.test;

import io.streamz.frames.RecordBatch;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Holds that no batch of Arrow memory is left open after a test. For JUnit Jupiter: {@code @ExtendWith(EmptyAllocator.class)};
 * a program that uses it has JUnit on its test class path anyhow.
 */
public final class EmptyAllocator implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
        check(context.getDisplayName());
    }

    static void check(String test) {
        long bytes = RecordBatch.arrowBytes();
        if (bytes != 0) {
            throw new AssertionError(bytes + " bytes of Arrow memory are held after " + test
                    + ": a batch was retained or made and not closed");
        }
    }
}
