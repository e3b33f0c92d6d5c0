/** What checkpoints cost a job that works at its full rate: {@code benchmarks/run checkpoints}. */
package io.streamz.benchmarks.checkpoints;
