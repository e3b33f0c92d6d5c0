/**
 * For tests of programs that use frames: a table in, a call, a table out. {@link io.streamz.test.Tables} writes tables down,
 * runs a plan over them and compares; {@link io.streamz.test.EmptyAllocator} holds that every batch was closed. Time stands
 * still until it is moved on with {@link io.streamz.core.VirtualClock}.
 */
package io.streamz.test;
