package io.streamz.core;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A checkpoint that is given back. What it holds and the plan does not have any more is left out; what the plan has and it does
 * not hold begins now. Only where both are of one kind that is no addition and no removal but a step that was changed, and its
 * state would be lost unseen: that is refused.
 */
final class Restored {
    static final String NODE = "node:";
    static final String SOURCE = "source:";
    private static final String SINK = "sink";

    private final Checkpoint checkpoint;
    private final CheckpointStore store;
    private final String plan;
    private final Set<String> names;

    /** @param plan what {@link Checkpoints#plan} says now */
    Restored(Checkpoint checkpoint, CheckpointStore store, String plan) {
        this.checkpoint = checkpoint;
        this.store = store;
        this.plan = plan;
        this.names = checkpoint.states().stream().map(Checkpoint.State::name).collect(Collectors.toSet());
    }

    boolean has(String name) {
        return names.contains(name);
    }

    void into(Engine engine, Map<String, Node<?, ?>> nodes) {
        if (checkpoint.number() > Checkpointer.BEGIN) {
            refuseChanges(nodes);
        }
        Map<String, SourceWorker<?>> sources = new HashMap<>();
        engine.sources().forEach(source -> sources.put(source.savedName(), source));
        Set<Node<?, ?>> over = new HashSet<>();
        try (InputStream file = store.state(checkpoint);
                StateReader in = new StateReader(file)) {
            while (in.next()) {
                if (in.name().startsWith(SOURCE)) {
                    SourceWorker<?> source = sources.get(in.name().substring(SOURCE.length()));
                    if (source != null && source.read(in)) {
                        over.add(source.root());
                    }
                } else if (in.name().startsWith(NODE)) {
                    Node<?, ?> node = nodes.get(in.name().substring(NODE.length()));
                    if (node != null && read(node, in)) {
                        over.add(node);
                    }
                }
            }
        } catch (StreamzException e) {
            throw e;
        } catch (Exception e) {
            throw new StreamException(
                    "restore-failed",
                    engine.name(),
                    "checkpoint " + checkpoint.number() + " cannot be restored: " + e,
                    "",
                    e);
        }
        over.forEach(Restored::end);
        passWatermarks(engine.nodes());
    }

    /** Gives a node its state back; true where it had ended. */
    private static boolean read(Node<?, ?> node, StateReader in) throws IOException {
        int version = in.version();
        if (version > node.stateVersion()) {
            throw new StreamException(
                    "newer-state",
                    node.wiring.path(),
                    "the state of '" + node.wiring.path() + "' was saved as version " + version
                            + ", and this program knows version " + node.stateVersion(),
                    "run the newer program, or start anew in an empty folder");
        }
        boolean wasOver = in.readBoolean();
        node.watermark = in.readLong();
        if (!wasOver) {
            node.read(in, version);
        }
        return wasOver;
    }

    /** What had ended stays ended, without doing again what it did at its end. */
    private static void end(Node<?, ?> node) {
        if (node.isOver()) {
            return;
        }
        Set<Node<?, ?>> roots = node.wiring.roots();
        node.up().forEach(Wiring::detach);
        Wiring.tellUnheard(roots);
        node.state = Node.State.ENDED;
        node.close();
        node.sides.values().forEach(side -> side.state = Node.State.ENDED);
        for (Edge edge : node.down()) {
            Node<?, ?> below = edge.to();
            if (below.wiring.allInputsEnded()) {
                end(below);
            }
        }
    }

    /** Nodes without state know their watermark from those above them. */
    private static void passWatermarks(List<Node<?, ?>> nodes) {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Node<?, ?> node : nodes) {
                long least = node.up().stream()
                        .filter(edge -> !edge.from().isOver())
                        .mapToLong(edge -> edge.from().watermark)
                        .min()
                        .orElse(Long.MIN_VALUE);
                if (node.watermark == Long.MIN_VALUE && least > node.watermark) {
                    node.watermark = least;
                    changed = true;
                }
            }
        }
    }

    /** Refuses other sources, and another plan where users say what it is; where nothing was read yet, none. */
    void requireSamePlan(List<SourceWorker<?>> sources) {
        if (checkpoint.number() == Checkpointer.BEGIN) {
            return;
        }
        for (SourceWorker<?> source : sources) {
            if (checkpoint.sources().stream().noneMatch(saved -> saved.name().equals(source.savedName()))) {
                Checkpoint.SourcePosition homeless = checkpoint.sources().stream()
                        .filter(saved -> sources.stream()
                                .noneMatch(other -> other.savedName().equals(saved.name())))
                        .findFirst()
                        .orElse(null);
                if (homeless != null) {
                    throw changed("the checkpoint is that of source '" + homeless.name() + "', and the plan reads '"
                            + source.savedName() + "'");
                }
            }
        }
        checkpoint.difference(plan).ifPresent(what -> {
            throw changed(what);
        });
    }

    private void refuseChanges(Map<String, Node<?, ?>> nodes) {
        List<Checkpoint.State> homeless = new ArrayList<>(checkpoint.states());
        homeless.removeIf(
                state -> nodes.containsKey(state.name()) || state.kind().equals(SINK));
        for (Map.Entry<String, Node<?, ?>> entry : nodes.entrySet()) {
            Saved saved = entry.getValue().saved;
            if (saved != null && !has(entry.getKey())) {
                homeless.stream()
                        .filter(state -> state.kind().equals(saved.kind()))
                        .findFirst()
                        .ifPresent(state -> {
                            throw changed(Checkpoint.difference(state.plan(), saved.plan()));
                        });
            }
        }
    }

    private StreamException changed(String what) {
        return new StreamException(
                "changed-plan",
                checkpoint.pipeline(),
                "checkpoint " + checkpoint.number() + " does not fit the plan: " + what,
                "run the plan it was made by, or let the new one begin anew with an empty folder");
    }
}
