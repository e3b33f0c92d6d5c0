package io.streamz.frames.internal.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/** The words that are declared to mean null, quoted or not. */
final class NullWords {
    private final byte[][] words;

    NullWords(Collection<String> words) {
        this.words = words.stream()
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    boolean isEmpty() {
        return words.length == 0;
    }

    boolean contains(byte[] bytes, int from, int to) {
        for (byte[] word : words) {
            if (word.length == to - from && Arrays.equals(word, 0, word.length, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }
}
