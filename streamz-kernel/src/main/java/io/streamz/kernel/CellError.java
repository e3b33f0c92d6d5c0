package io.streamz.kernel;

import java.util.List;

/** Why a cell stopped, in lines for its reader. */
final class CellError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lines;

    CellError(String message, List<String> lines) {
        super(message, null, false, false);
        this.lines = List.copyOf(lines);
    }

    List<String> lines() {
        return lines;
    }
}
