/**
 * Aggregations that answer within a stated error from a few kilobytes a group, however many values there are: {@code
 * approxDistinct} and {@code approxQuantile}, by Apache DataSketches. With this module on the class path they are known by name.
 */
package io.streamz.sketches;
