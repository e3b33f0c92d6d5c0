package io.streamz.core;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A node with several numbered inputs that makes one item of one of each. Inputs may be added and removed while it runs. */
abstract class Ports<R> extends Node<Object, R> {
    private final Function<Object[], ? extends R> combiner;
    final Room room = new Room();
    final CopyOnWriteArrayList<Port> ports = new CopyOnWriteArrayList<>();

    Ports(String name, Segment segment, Function<Object[], ? extends R> combiner) {
        super(name, segment);
        this.combiner = combiner;
    }

    /** One input: what waits there, what came last, and from where. */
    final class Port extends Inlet<Object> {
        final Node<?, ?> from;
        final ArrayDeque<Kept> waiting = new ArrayDeque<>();
        Kept last;

        Port(Node<?, ?> from) {
            this.from = from;
        }

        @Override
        void deliver(Object item) {
            in++;
            arrived(this, item);
        }

        @Override
        void watermark(long time) {
            Ports.this.watermark(time);
        }

        @Override
        void end() {
            Ports.this.end();
        }
    }

    /** An item that is kept, with its ack. */
    record Kept(Object item, Ack ack) {
        void letGo() {
            Shared.drop(item);
            ack.release();
        }
    }

    /** An item has come in on a port. */
    abstract void arrived(Port port, Object item);

    final Kept hold(Object item) {
        segment.ack().retain();
        return new Kept(Shared.keep(item), segment.ack());
    }

    /** Adds an input, fed by a node. */
    final Port connect(Node<?, ?> from) {
        var port = new Port(from);
        ports.add(port);
        Wiring.attach(from, this, ports.size() - 1, port);
        return port;
    }

    /** Takes an input away; what waits there is let go. */
    final void disconnect(Node<?, ?> from) {
        for (Edge edge : up()) {
            if (edge.from() == from) {
                Wiring.detach(edge);
            }
        }
        Segment.betweenItems(this, false, () -> {
            for (Port port : ports) {
                if (port.from == from) {
                    ports.remove(port);
                    clear(port);
                }
            }
            removed();
        });
    }

    /**
     * Who fills one input waits while it is full, if somebody else can fill the others. Waiting would never end on a bare
     * stream with its one thread, or where all inputs come from the same root; there, nobody waits and the item fails.
     */
    final Gate gate(Edge edge, int most) {
        Port filled =
                ports.stream().filter(port -> port == edge.inlet()).findAny().orElse(null);
        if (filled == null || segment.host() == Host.NONE || haveOneRoot()) {
            return null;
        }
        return new Gate() {
            @Override
            public boolean isFull() {
                return filled.waiting.size() >= most;
            }

            @Override
            public void await() {
                room.awaitWhile(this::isFull, name);
            }
        };
    }

    private boolean haveOneRoot() {
        Set<Node<?, ?>> common = null;
        for (Port port : ports) {
            Set<Node<?, ?>> roots = port.from.wiring.roots();
            if (common == null) {
                common = roots;
            } else {
                common.retainAll(roots);
            }
        }
        return common != null && !common.isEmpty();
    }

    /** An input has gone; there may be enough on the others now. */
    void removed() {}

    final void combine(Object[] items, List<Ack> acks) {
        segment.at = number;
        R result;
        try {
            result = combiner.apply(items);
        } catch (Throwable cause) {
            Failures.of(this, Arrays.asList(items), cause);
            return;
        }
        segment.emitWith(this, result, Ack.all(acks));
    }

    @Override
    void deliver(Object item) {
        throw new IllegalStateException("items come in on the ports of '" + name + "'");
    }

    @Override
    void close() {
        ports.forEach(this::clear);
        room.close();
    }

    private void clear(Port port) {
        port.waiting.forEach(Kept::letGo);
        port.waiting.clear();
        if (port.last != null) {
            port.last.letGo();
            port.last = null;
        }
    }

    @Override
    boolean hasState() {
        return true;
    }

    @Override
    int codecs() {
        return ports.size();
    }

    @Override
    void write(StateWriter out) throws IOException {
        out.writeInt(ports.size());
        for (int input = 0; input < ports.size(); input++) {
            Codec<Object> codec = saved.codec(input);
            out.writeInt(ports.get(input).waiting.size());
            for (Kept kept : ports.get(input).waiting) {
                codec.write(kept.item, out);
            }
            Kept last = ports.get(input).last;
            out.writeBoolean(last != null);
            if (last != null) {
                codec.write(last.item, out);
            }
        }
    }

    @Override
    void read(StateReader in, int version) throws IOException {
        int inputs = in.readInt();
        if (inputs != ports.size()) {
            throw in.damaged("it is that of " + inputs + " inputs, and there are " + ports.size());
        }
        for (int input = 0; input < inputs; input++) {
            Codec<Object> codec = saved.codec(input);
            for (int left = in.readInt(); left > 0; left--) {
                ports.get(input).waiting.add(hold(codec.read(in, version)));
            }
            if (in.readBoolean()) {
                ports.get(input).last = hold(codec.read(in, version));
            }
        }
    }

    @Override
    long queued() {
        return ports.stream().mapToLong(port -> port.waiting.size()).sum();
    }

    @Override
    Shape shape() {
        return Shape.JOIN;
    }
}
