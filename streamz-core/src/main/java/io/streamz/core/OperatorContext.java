package io.streamz.core;

import java.time.Duration;
import java.time.InstantSource;

/** What an operator knows about the place it runs in. To be used only inside the operator's calls. */
public interface OperatorContext {

    /** The name of the node, such as {@code map} or what the user has called it. */
    String name();

    /** The way from the root to the node, such as {@code trades > filter > partition}. */
    String path();

    /** The wall clock of the pipeline; in a test a {@link VirtualClock}. */
    InstantSource clock();

    /**
     * Calls {@link Operator#onTimer} once, {@code delay} from now.
     *
     * @throws PlanException on a stream that belongs to no pipeline, because it has no thread to keep time
     */
    Timer timer(Duration delay);

    /** Says how many bytes of state the operator holds now; shown in {@link NodeMetrics} and counted for the pipeline. */
    void memory(long bytes);

    /**
     * The ack of the item that is being handled, or {@link Ack#NONE}. An operator that keeps the item beyond the call
     * retains it, and releases it when it lets go of the item.
     */
    Ack ack();

    /** Emits an item that carries the given ack in place of that of the item being handled. */
    <O> void emit(Output<? super O> out, O item, Ack ack);

    /** Says that this operator wants no more input: it is cut off, and its own output ends, when the call returns. */
    void stop();

    /**
     * The number of the checkpoint that what is in work now will be part of; it counts up, through restarts too. After a
     * restart from checkpoint n all that was given out with an epoch above n comes again. 0 where no checkpoints are made.
     */
    default long epoch() {
        return 0;
    }

    /** Whether {@link Operator#read} follows {@link Operator#open}: there is a checkpoint with the state of this node. */
    default boolean restores() {
        return false;
    }

    /** A timer that was set. */
    interface Timer {
        /** Takes it back; no effect when it has come due. */
        void cancel();
    }
}
