package io.streamz.aggregations;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** The state of an {@link ObjectAggregation}: one object for each group with values, null for the others. */
final class ObjectStates<S> extends GroupStates {
    private final ObjectAggregation<S> aggregation;
    private final DataType[] types;
    private Object[] states = {};
    private long[] counts = {};

    ObjectStates(ObjectAggregation<S> aggregation, DataType[] types) {
        this.aggregation = aggregation;
        this.types = types;
    }

    @Override
    public boolean canForget() {
        return aggregation.canForget();
    }

    @Override
    public void ensure(int groups) {
        if (states.length < groups) {
            states = Arrays.copyOf(states, Lane.grown(states.length, groups));
            counts = Arrays.copyOf(counts, states.length);
        }
    }

    @Override
    public void add(int id, Lane[] inputs, int row) {
        aggregation.onNew(begun(id), inputs, row);
        counts[id]++;
    }

    @Override
    public void forget(int id, Lane[] inputs, int row) {
        if (counts[id] == 1) {
            free(id); // nothing inside is exactly nothing
            return;
        }
        aggregation.onOld(state(id), inputs, row);
        counts[id]--;
    }

    @Override
    public long count(int id) {
        return counts[id];
    }

    @Override
    boolean reads(GroupStates held) {
        return held instanceof ObjectStates<?> that && aggregation.sharesState(that.aggregation);
    }

    @Override
    @SuppressWarnings("unchecked") // sharesState says that it is
    boolean result(GroupStates held, int id, Lane out, int row) {
        var that = (ObjectStates<S>) held;
        if (that.counts[id] != 0) {
            aggregation.result(that.state(id), out, row);
            return true;
        }
        Double nothing = aggregation.resultOfNothing();
        if (nothing != null && out instanceof DoubleLane doubles) {
            doubles.values()[row] = nothing;
        } else if (nothing != null && out instanceof LongLane longs) {
            longs.values()[row] = nothing.longValue();
        } else {
            out.setNull(row);
        }
        return true;
    }

    @Override
    @SuppressWarnings("unchecked") // both sides are states of one aggregation
    public void merge(int id, GroupStates other, int otherId) {
        var right = (ObjectStates<S>) other;
        if (right.counts[otherId] != 0) {
            aggregation.merge(begun(id), right.state(otherId));
            counts[id] += right.counts[otherId];
        }
    }

    @Override
    public void free(int id) {
        states[id] = null;
        counts[id] = 0;
    }

    @Override
    public long bytes() {
        long bytes = 16L * states.length;
        for (int id = 0; id < states.length; id++) {
            bytes += states[id] == null ? 0 : aggregation.bytes(state(id));
        }
        return bytes;
    }

    @Override
    void write(int id, StateOut out) throws IOException {
        out.i64(counts[id]);
        if (counts[id] != 0) {
            var bytes = new ByteArrayOutputStream();
            aggregation.write(state(id), new DataOutputStream(bytes));
            out.bytes(bytes.toByteArray(), 0, bytes.size());
        }
    }

    @Override
    void read(int id, StateIn in) throws IOException {
        counts[id] = in.i64();
        if (counts[id] < 0) {
            throw new IOException("state holds a negative count: " + counts[id]);
        }
        if (counts[id] != 0) {
            var bytes = new ByteArrayInputStream(in.bytes());
            states[id] = aggregation.read(new DataInputStream(bytes), types);
            if (bytes.available() != 0) {
                throw new IOException(aggregation + " left " + bytes.available() + " bytes of its state unread");
            }
        }
    }

    /** The state of a group that is about to hold a value. */
    private S begun(int id) {
        if (states[id] == null) {
            states[id] = aggregation.initial(types);
        }
        return state(id);
    }

    @SuppressWarnings("unchecked") // only what initial and read gave is put in
    private S state(int id) {
        return (S) states[id];
    }
}
