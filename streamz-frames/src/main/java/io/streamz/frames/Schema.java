package io.streamz.frames;

import io.streamz.aggregations.DataType;
import io.streamz.core.PlanException;
import io.streamz.frames.internal.Names;
import io.streamz.frames.internal.expr.Words;
import io.streamz.frames.internal.text.DeclaredType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The columns of a table in their order; no two have the same name. Immutable.
 *
 * <p>It stands beside Arrow's class of that name because that one starts a JSON mapper and a logger when it is loaded;
 * {@link io.streamz.frames.internal.Types} turns one into the other where Arrow comes in or goes out.
 */
public final class Schema {
    private final List<Field> fields;
    private final Map<String, Integer> places;

    private Schema(List<Field> fields) {
        this.fields = List.copyOf(fields);
        this.places = new HashMap<>();
    }

    /**
     * A schema of these columns.
     *
     * @throws PlanException when two of them have one name
     */
    public static Schema of(List<Field> fields) {
        Schema schema = new Schema(fields);
        for (int column = 0; column < fields.size(); column++) {
            String name = fields.get(column).name();
            Integer before = schema.places.put(name, column);
            if (before != null) {
                throw new PlanException(
                        "duplicate-column",
                        name,
                        "two columns are named '" + name + "' (number " + (before + 1) + " and " + (column + 1) + ")",
                        "give one of them another name");
            }
        }
        return schema;
    }

    public static Schema of(Field... fields) {
        return of(Arrays.asList(fields));
    }

    public int size() {
        return fields.size();
    }

    public List<Field> fields() {
        return fields;
    }

    public Field field(int column) {
        return fields.get(column);
    }

    public DataType type(int column) {
        return fields.get(column).type();
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** The place of a column, or -1 where there is none of that name. */
    public int indexOf(String name) {
        return places.getOrDefault(name, -1);
    }

    /** The places of columns that are there. */
    int[] places(Collection<String> names) {
        return names.stream().mapToInt(places::get).toArray();
    }

    /**
     * The place of a column that must be there.
     *
     * @param frame the name of the table, for the message
     * @throws PlanException when there is none of that name; the message lists the columns and proposes the nearest
     */
    public int column(String name, String frame) {
        int column = indexOf(name);
        if (column >= 0) {
            return column;
        }
        throw new PlanException(
                "unknown-column",
                frame,
                "no column '" + name + "' in " + frame + names(),
                Names.separated(names())
                        .or(() -> Names.nearest(name, names()).map(Schema::proposed))
                        .orElse(""));
    }

    private static String proposed(String near) {
        String inExpressions = Words.quoted(near);
        String spelling = inExpressions.equals(near) ? "" : " In expressions it is written " + inExpressions;
        return "did you mean '" + near + "'?" + spelling;
    }

    /**
     * A record for rows of this schema, to be pasted into a program: components are objects, since any value may be null.
     * A column whose name is no Java name is named in a comment.
     */
    public String toRecord(String name) {
        return fields.stream()
                .map(field -> component(field.name(), field.type()))
                .collect(Collectors.joining(", ", "record " + name + "(", ") {}"));
    }

    private static String component(String name, DataType type) {
        String java = switch (type.kind()) {
            case BOOL -> "Boolean";
            case INT ->
                type.bits() == 64 ? "Long" : type.bits() == 32 ? "Integer" : type.bits() == 16 ? "Short" : "Byte";
            case FLOAT -> type.bits() == 64 ? "Double" : "Float";
            case DECIMAL -> "BigDecimal";
            case TEXT -> "String";
            case BINARY -> "byte[]";
            case DATE -> "LocalDate";
            case TIME -> "LocalTime";
            case TIMESTAMP -> "Instant";
            case DURATION -> "Duration";
        };
        boolean plain = name.matches("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");
        String safe = name.replaceAll("[^\\p{javaJavaIdentifierPart}]", "_");
        return java + " " + (plain ? name : "_" + safe + " /* " + name + " */");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Schema schema && fields.equals(schema.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Such as {@code [time: timestamp(ns), price: float64]}. */
    @Override
    public String toString() {
        return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    /** The columns as a checkpoint keeps them; empty where one has no type yet. */
    String saved() {
        boolean isSettled = fields.stream().noneMatch(Field::valueless);
        return isSettled
                ? fields.stream()
                        .map(field -> "`" + field.name() + "`: " + field.type())
                        .collect(Collectors.joining(", "))
                : "";
    }

    /** Reads what {@link #saved} gave; null where that cannot be read. */
    static Schema ofSaved(String text) {
        try {
            return text.isEmpty()
                    ? null
                    : of(DeclaredType.list(text).stream()
                            .map(each -> new Field(each.column(), each.type()))
                            .toList());
        } catch (PlanException e) {
            return null;
        }
    }
}
