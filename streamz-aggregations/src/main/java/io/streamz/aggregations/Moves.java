package io.streamz.aggregations;

import java.util.Arrays;

/**
 * What happens to a moving window over part of a batch, row by row: which slots enter, which leave, and where an answer is taken.
 * Written once, played by each measure.
 */
final class Moves {
    /** Stands for an answer among the moves: the window of {@code ids[n]}, n counting the answers. */
    static final int ANSWER = Integer.MIN_VALUE;

    /** A slot that enters as it is, one that leaves as its complement. */
    int[] moves = {};

    int count;

    /** Whether behind each row that enters an answer of its key is taken, which is then no move of its own. */
    boolean answersEach;

    int[] ids = {};
    int answers;

    void clear(boolean answeringEach) {
        count = 0;
        answers = 0;
        answersEach = answeringEach;
    }

    void enter(int slot) {
        move(slot);
    }

    void leave(int slot) {
        move(~slot);
    }

    void answer(int id) {
        move(ANSWER);
        if (answers == ids.length) {
            ids = Arrays.copyOf(ids, Lane.grown(answers, answers + 1));
        }
        ids[answers++] = id;
    }

    private void move(int move) {
        if (count == moves.length) {
            moves = Arrays.copyOf(moves, Lane.grown(count, count + 1));
        }
        moves[count++] = move;
    }

    long bytes() {
        return 4L * (moves.length + ids.length);
    }
}
