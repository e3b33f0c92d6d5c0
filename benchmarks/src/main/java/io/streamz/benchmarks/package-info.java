/**
 * The side-by-side harness. {@code Rows} lists the {@code Row}s: a {@code Job} over seeded {@code Data}, and how fast we
 * want to be beside whom. Each {@code Peer} that can do the job enters a {@code Contestant}. A {@code Race} first compares
 * all answers, then lets the contestants run in turn in this one process, one thread each, and keeps CPU times. {@code Report}
 * prints rates, and ratios of runs that stood side by side.
 *
 * <p>Read {@code Main}, {@code Rows}, {@code Race} in this order.
 */
package io.streamz.benchmarks;
