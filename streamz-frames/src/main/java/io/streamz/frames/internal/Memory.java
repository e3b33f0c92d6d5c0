package io.streamz.frames.internal;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.memory.netty.NettyAllocationManager;
import org.apache.arrow.memory.unsafe.UnsafeAllocationManager;

/**
 * The allocator of Arrow memory. It is made when Arrow data first comes in or goes out, so that a program that stays with
 * records and CSV never loads it.
 *
 * <p>The allocation manager is passed explicitly and no system property is touched: netty below JDK 24; unsafe from there on,
 * because netty's does not start there without a flag, and wherever netty is absent or cannot start.
 */
public final class Memory {
    private static final int FIRST_WITHOUT_NETTY = 24;
    private static final int PROBE = 64;

    private static volatile boolean used;

    private Memory() {}

    /** The root of all Arrow memory of this library in this process. */
    public static BufferAllocator shared() {
        used = true;
        return Shared.ROOT;
    }

    /** The bytes that are allocated; asking loads nothing. */
    public static long held() {
        return used ? shared().getAllocatedMemory() : 0;
    }

    /** A new root with the allocation manager that fits a JVM of this feature version. */
    static BufferAllocator root(int feature) {
        BufferAllocator netty = feature < FIRST_WITHOUT_NETTY ? netty() : null;
        // RootAllocator is loaded before any allocation manager: the other way round their static parts run in a circle
        // and fail.
        return netty != null
                ? netty
                : new RootAllocator(RootAllocator.configBuilder()
                        .allocationManagerFactory(UnsafeAllocationManager.FACTORY)
                        .build());
    }

    /** A root on netty that has given memory once, or null where netty is absent, of another version, or unable. */
    private static BufferAllocator netty() {
        try {
            var config = RootAllocator.configBuilder();
            BufferAllocator root = new RootAllocator(config.allocationManagerFactory(NettyAllocationManager.FACTORY)
                    .build());
            root.buffer(PROBE).close();
            return root;
        } catch (LinkageError | RuntimeException unable) {
            return null;
        }
    }

    private static final class Shared {
        static final BufferAllocator ROOT = root(Runtime.version().feature());
    }
}
