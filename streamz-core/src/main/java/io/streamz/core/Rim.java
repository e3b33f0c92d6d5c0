package io.streamz.core;

/** Several bounded places that an item may come to. */
record Rim(Gate[] gates) implements Gate {
    /** All the places as one, or null where there are none. */
    static Gate of(Gate... gates) {
        return switch (gates.length) {
            case 0 -> null;
            case 1 -> gates[0];
            default -> new Rim(gates);
        };
    }

    @Override
    public Gate whereFull() {
        for (Gate gate : gates) {
            if (gate.isFull()) {
                return gate;
            }
        }
        return null;
    }

    @Override
    public boolean isFull() {
        return whereFull() != null;
    }

    @Override
    public void await() {
        throw new UnsupportedOperationException("one of the places is waited for");
    }
}
