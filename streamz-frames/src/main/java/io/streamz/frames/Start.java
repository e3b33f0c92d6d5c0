package io.streamz.frames;

import io.streamz.core.DataException;
import io.streamz.core.PlanException;
import io.streamz.core.StateReader;
import io.streamz.core.StateWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a table of groups begins with: earlier answers, or what such a table had kept. */
interface Start {
    /** Puts it into groups that are empty. */
    void into(Groups groups);

    /** What it is, for the label of the step. */
    @Override
    String toString();

    /** Earlier answers: the table's columns, in any order and with others among them. */
    record Answers(Table table) implements Start {
        static Answers of(AggregateNode node, Table given) {
            node.checkGoesOn();
            Schema schema = node.schema();
            int[] places = new int[schema.size()];
            for (int column = 0; column < places.length; column++) {
                Field field = schema.field(column);
                places[column] = given.schema().column(field.name(), "startFrom");
                if (!given.schema().type(places[column]).equals(field.type())) {
                    throw new PlanException(
                            "type-mismatch",
                            node.path(),
                            "startFrom: column " + field.name() + " is "
                                    + given.schema().type(places[column]) + " in the table of earlier answers, and "
                                    + field.type() + " here",
                            "cast it");
                }
            }
            return new Answers(given.columns(schema, places));
        }

        @Override
        public void into(Groups groups) {
            ((GroupTable) groups).start(table);
        }

        @Override
        public String toString() {
            return table.rows() + " rows, " + Fingerprint.of(table::write);
        }
    }

    /** What {@link View#state} gave. */
    record State(byte[] bytes) implements Start {
        private static final int VERSION = 1;

        /** Reads which table's it is, and refuses another's. */
        static State of(TableNode node, byte[] bytes) {
            read(bytes, in -> {
                String of = in.readText();
                if (!of.equals(name(node))) {
                    throw new PlanException(
                            "other-state",
                            node.path(),
                            "startFrom: the state is of " + of + ", and the table here is " + name(node),
                            "build the table as it was when view.state() was asked for its state");
                }
            });
            return new State(bytes.clone());
        }

        private static String name(PlanNode node) {
            return node.label() + " " + node.schema();
        }

        static byte[] written(PlanNode node, StateWriter.Content groups) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (StateWriter out = new StateWriter(bytes)) {
                out.section("table", VERSION, state -> {
                    state.writeText(name(node));
                    groups.write(state);
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        private interface Reading {
            void of(StateReader in) throws IOException;
        }

        private static void read(byte[] bytes, Reading reading) {
            try (StateReader in = new StateReader(new ByteArrayInputStream(bytes))) {
                if (!in.next() || !in.name().equals("table") || in.version() != VERSION) {
                    throw in.damaged("no state of a table");
                }
                reading.of(in);
            } catch (IOException e) {
                throw new DataException("damaged-state", "startFrom", e.getMessage(), "", e);
            }
        }

        @Override
        public void into(Groups groups) {
            read(bytes, in -> {
                in.readText();
                groups.read(in);
            });
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public String toString() {
            return "state, " + Fingerprint.of(bytes);
        }
    }
}
