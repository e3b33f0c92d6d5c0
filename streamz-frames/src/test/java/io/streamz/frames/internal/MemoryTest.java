package io.streamz.frames.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void eachJvmGetsAnAllocatorThatWorks() {
        for (int feature : new int[] {17, 23, 24, 25}) {
            try (BufferAllocator root = Memory.root(feature);
                    ArrowBuf buffer = root.buffer(100)) {
                buffer.setLong(0, 42);
                assertThat(buffer.getLong(0)).isEqualTo(42);
            }
        }
    }

    @Test
    void askingWhatIsHeldAllocatesNothing() {
        long before = Memory.held();
        try (ArrowBuf buffer = Memory.shared().buffer(1024)) {
            assertThat(Memory.held()).isEqualTo(before + buffer.capacity());
        }
        assertThat(Memory.held()).isEqualTo(before);
    }
}
