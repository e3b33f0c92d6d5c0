/** Placeholder of the package flow. */
package io.streamz.core;
