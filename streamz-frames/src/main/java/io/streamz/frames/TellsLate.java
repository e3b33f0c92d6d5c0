package io.streamz.frames;

/** An operator that finds rows late. */
interface TellsLate {
    LateRows late();
}
