package io.streamz.frames.internal;

import org.apache.arrow.memory.AllocationManager;
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
        // Loads RootAllocator before any allocation manager: the other way round their static parts run in a circle and
        // fail.
        var config = RootAllocator.configBuilder();
        return new RootAllocator(
                config.allocationManagerFactory(factory(feature)).build());
    }

    private static AllocationManager.Factory factory(int feature) {
        if (feature < FIRST_WITHOUT_NETTY) {
            try {
                AllocationManager.Factory netty = NettyAllocationManager.FACTORY;
                netty.empty();
                return netty;
            } catch (LinkageError absentOrUnable) {
                return UnsafeAllocationManager.FACTORY;
            }
        }
        return UnsafeAllocationManager.FACTORY;
    }

    private static final class Shared {
        static final BufferAllocator ROOT = root(Runtime.version().feature());
    }
}
