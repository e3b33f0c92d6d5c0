package io.streamz.core;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nodes that keep state, by the names under which a checkpoint keeps it. */
final class SavedNodes {
    private SavedNodes() {}

    /**
     * Finds them.
     *
     * @throws PlanException when one has no name, or nobody has said how to write it
     */
    static Map<String, Node<?, ?>> of(List<Node<?, ?>> nodes) {
        Map<String, Node<?, ?>> named = new LinkedHashMap<>();
        for (Node<?, ?> node : nodes) {
            if (node.state == Node.State.NEW || node.state == Node.State.CLOSED || !node.hasState()) {
                continue;
            }
            requireCodecs(node);
            String name = node.saved == null ? node.name : node.saved.name();
            Node<?, ?> other = named.putIfAbsent(name, node);
            if (other != null) {
                throw new PlanException(
                        "saved-twice",
                        node.wiring.path(),
                        "two steps would be saved under the name '" + name + "': " + other.wiring.path() + " and "
                                + node.wiring.path(),
                        "give one of them another name: .saved(\"" + name + "-2\"" + codecs(node) + ")");
            }
        }
        return named;
    }

    /**
     * Sees that all sources can go on where they were, and have names.
     *
     * @throws PlanException when one does not say where it stands, or two have one name
     */
    static void requirePositions(List<SourceWorker<?>> sources) {
        Set<String> names = new HashSet<>();
        for (SourceWorker<?> source : sources) {
            if (!source.hasPosition()) {
                throw new PlanException(
                        "no-position",
                        source.path(),
                        "the source of '" + source.path() + "' does not say where it stands, so it cannot go on there",
                        "implement position() and restore(position), or leave checkpoints out");
            }
            if (!names.add(source.savedName())) {
                throw new PlanException(
                        "saved-twice",
                        source.path(),
                        "two sources would be saved under the name '" + source.savedName() + "'",
                        "give each a name: pipeline.read(source).saved(\"trades\")");
            }
        }
    }

    private static void requireCodecs(Node<?, ?> node) {
        int needed = node.codecs();
        int given = node.saved == null ? 0 : node.saved.codecs().size();
        if (needed > 0 && given != 1 && given != needed) {
            throw new PlanException(
                    "not-saved",
                    node.wiring.path(),
                    "'" + node.name + "' (" + node.wiring.path()
                            + ") keeps state that a checkpoint cannot name or write",
                    "give it a name, a version and a codec: .saved(\"" + node.name + "\"" + codecs(node) + ")");
        }
    }

    private static String codecs(Node<?, ?> node) {
        return node.codecs() == 0 ? "" : ", 1, Codec.LONG" + ", ...".repeat(node.codecs() > 1 ? 1 : 0);
    }
}
