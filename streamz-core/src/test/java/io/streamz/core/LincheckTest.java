package io.streamz.core;

import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * Runs small programs of several threads many times and looks for an outcome that no order of their calls explains.
 * More of it with {@code -Dstreamz.tries=10000}.
 */
final class LincheckTest {
    private static final int TRIES = Integer.getInteger("streamz.tries", 200);

    private static StressOptions stress() {
        return new StressOptions()
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(2)
                .actorsAfter(2)
                .iterations(Math.max(2, TRIES / 200))
                .invocationsPerIteration(TRIES);
    }

    @Test
    void theRingIsAQueueOfOnePutterAndOneTaker() {
        stress().check(RingOfTwo.class);
    }

    @Test
    void theRingIsAQueueAlsoWhenThePutterDropsTheOldest() {
        stress().check(ContendedRing.class);
    }

    @Test
    void anAckIsDoneExactlyOnce() {
        stress().check(CountedAck.class);
    }

    @Test
    void aSegmentLetsOneIn() {
        stress().check(SummedStream.class);
    }

    /** As the taker does: what it has seen, and when that is taken, what it sees then. */
    private static int take(Ring ring) {
        Object taken = ring.takeSeen();
        if (taken == null && ring.look() > 0) {
            taken = ring.takeSeen();
        }
        return taken == null ? -1 : (Integer) taken;
    }

    /** A ring of two items; put answers whether there was room. */
    @Param(name = "item", gen = IntGen.class, conf = "1:9")
    public static final class RingOfTwo {
        private final Ring ring = new Ring(2, false);

        /** Puts if there is room. */
        @Operation(nonParallelGroup = "putter")
        public boolean put(@Param(name = "item") int item) {
            if (ring.isFull()) {
                return false;
            }
            ring.put(item);
            return true;
        }

        /** Takes the oldest or gives -1. */
        @Operation(nonParallelGroup = "taker")
        public int take() {
            return LincheckTest.take(ring);
        }
    }

    /** A ring of one item whose putter throws the old one away. */
    @Param(name = "item", gen = IntGen.class, conf = "1:9")
    public static final class ContendedRing {
        private final Ring ring = new Ring(1, true);

        /** Puts if there is room. */
        @Operation(nonParallelGroup = "putter")
        public boolean put(@Param(name = "item") int item) {
            if (ring.isFull()) {
                return false;
            }
            ring.put(item);
            return true;
        }

        /** Takes the oldest out for throwing it away, or gives -1. */
        @Operation(nonParallelGroup = "putter")
        public int drop() {
            Object oldest = ring.takeOldest();
            return oldest == null ? -1 : (Integer) oldest;
        }

        /** Takes the oldest or gives -1. */
        @Operation(nonParallelGroup = "taker")
        public int take() {
            return LincheckTest.take(ring);
        }
    }

    /** An ack whose end is counted. */
    public static final class CountedAck {
        private final AtomicInteger done = new AtomicInteger();
        private final Ack ack = Ack.of(failure -> done.incrementAndGet());

        /** False when it is done. */
        @Operation
        public boolean retain() {
            try {
                ack.retain();
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        }

        /** False when nobody holds it. */
        @Operation
        public boolean release() {
            try {
                ack.release();
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        }

        /** How many hold it. */
        @Operation
        public int holders() {
            return ack.holders();
        }
    }

    /** A stream that sums; add answers the sum that its own item has made. */
    @Param(name = "item", gen = IntGen.class, conf = "1:9")
    public static final class SummedStream {
        private final DataStream<Integer> source = DataStream.of(Integer.class);
        private final ThreadLocal<Integer> last = new ThreadLocal<>();

        /** Sums up. */
        public SummedStream() {
            source.accumulate(0, Integer::sum).sink(last::set);
        }

        /** Adds and gives the sum. */
        @Operation
        public int add(@Param(name = "item") int item) {
            source.emit(item);
            return last.get();
        }
    }
}
