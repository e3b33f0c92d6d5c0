package io.streamz.frames.internal.files;

import io.streamz.core.Position;

/**
 * How far the parts of a folder are.
 *
 * @param checkpoint the number of the checkpoint at which they are so
 * @param before the number of the part before the one that was closed last
 * @param closed the number of that one
 * @param closing its pieces; none when it has appeared
 * @param open the pieces behind it
 */
record Standing(long checkpoint, long before, long closed, Waiting closing, Waiting open) {
    static final Standing START = new Standing(0, 0, 0, Waiting.NONE, Waiting.NONE);

    Standing at(long number) {
        return new Standing(number, before, closed, closing, open);
    }

    Standing with(Waiting more) {
        return new Standing(checkpoint, before, closed, closing, open.plus(more));
    }

    Standing opened(Waiting all) {
        return new Standing(checkpoint, before, closed, closing, all);
    }

    Standing closed(long number) {
        return new Standing(checkpoint, closed, number, open, Waiting.NONE);
    }

    Standing appeared() {
        return new Standing(checkpoint, before, closed, Waiting.NONE, open);
    }

    Position save(Position position) {
        return open.save("open", closing.save("closing", position))
                .with("checkpoint", checkpoint)
                .with("before", before)
                .with("closed", closed);
    }

    static Standing read(Position saved) {
        return new Standing(
                saved.number("checkpoint"),
                saved.number("before"),
                saved.number("closed"),
                Waiting.read("closing", saved),
                Waiting.read("open", saved));
    }
}
