package io.streamz.aggregations;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The numbers of the rows inside, as text. */
final class Inside extends ObjectAggregation<List<Integer>> {
    private final boolean ordered;

    Inside(boolean ordered) {
        super("inside", 1);
        this.ordered = ordered;
    }

    @Override
    public DataType resultType(DataType... types) {
        return DataType.UTF8;
    }

    @Override
    public boolean dependsOnOrder() {
        return ordered;
    }

    @Override
    protected List<Integer> initial(DataType... types) {
        return new ArrayList<>();
    }

    @Override
    protected void onNew(List<Integer> state, Lane[] inputs, int row) {
        state.add((int) ((LongLane) inputs[0]).values()[row]);
    }

    @Override
    protected void merge(List<Integer> state, List<Integer> other) {
        state.addAll(other);
    }

    @Override
    protected void result(List<Integer> state, Lane out, int row) {
        byte[] bytes = state.stream()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(","))
                .getBytes(StandardCharsets.UTF_8);
        ((TextLane) out).set(row, bytes, 0, bytes.length);
    }

    @Override
    protected void write(List<Integer> state, DataOutputStream out) throws IOException {
        for (int row : state) {
            out.writeInt(row);
        }
    }

    @Override
    protected List<Integer> read(DataInputStream in, DataType... types) throws IOException {
        List<Integer> state = initial();
        while (in.available() > 0) {
            state.add(in.readInt());
        }
        return state;
    }

    @Override
    protected long bytes(List<Integer> state) {
        return 16L * state.size();
    }
}
