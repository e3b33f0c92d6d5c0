package io.streamz.frames;

import io.streamz.core.PlanException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Column names as text: raw names, blanks inside allowed, split at commas. Backticks enclose a name with a comma in it, or
 * one that ends in {@code desc} where an order is asked for; a backtick within them is written twice.
 */
public final class NameList {
    private static final Pattern DESCENDING = Pattern.compile("(.*)\\sdesc", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private NameList() {}

    /** A column and the direction in which it orders rows. */
    public record Order(String column, boolean descending) {}

    /** A name and what stands behind it, which is empty for a raw name. */
    private record Item(String name, String rest, boolean quoted) {}

    /** The names in a text such as {@code symbol, trade date}. */
    public static List<String> parse(String text) {
        List<String> names = new ArrayList<>();
        for (Item item : items(text)) {
            if (!item.rest.isEmpty()) {
                throw error(text, "expected a comma behind `" + item.name + "`");
            }
            names.add(item.name);
        }
        return names;
    }

    /** The order in a text such as {@code price desc, symbol}. */
    public static List<Order> orders(String text) {
        List<Order> orders = new ArrayList<>();
        for (Item item : items(text)) {
            orders.add(item.quoted ? quotedOrder(item, text) : rawOrder(item.name));
        }
        return orders;
    }

    private static Order rawOrder(String name) {
        Matcher descending = DESCENDING.matcher(name);
        return descending.matches() ? new Order(descending.group(1).strip(), true) : new Order(name, false);
    }

    private static Order quotedOrder(Item item, String text) {
        if (!item.rest.isEmpty() && !item.rest.equalsIgnoreCase("desc")) {
            throw error(text, "expected desc or a comma behind `" + item.name + "`");
        }
        return new Order(item.name, !item.rest.isEmpty());
    }

    private static List<Item> items(String text) {
        List<Item> items = new ArrayList<>();
        int at = 0;
        do {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            boolean quoted = text.startsWith("`", at);
            int nameEnd = quoted ? closing(text, at) + 1 : comma(text, at);
            int end = comma(text, nameEnd);
            String name = quoted ? text.substring(at + 1, nameEnd - 1).replace("``", "`") : text.substring(at, end);
            items.add(new Item(
                    quoted ? name : name.strip(), text.substring(nameEnd, end).strip(), quoted));
            if (!quoted && name.isBlank()) {
                throw error(text, "a name is empty");
            }
            at = end + 1;
        } while (at <= text.length());
        return items;
    }

    private static int comma(String text, int from) {
        int comma = text.indexOf(',', from);
        return comma < 0 ? text.length() : comma;
    }

    /** Where the backtick stands that closes the one at {@code open}. */
    private static int closing(String text, int open) {
        int at = text.indexOf('`', open + 1);
        while (at >= 0 && text.startsWith("``", at)) {
            at = text.indexOf('`', at + 2);
        }
        if (at < 0) {
            throw error(text, "a backtick is not closed");
        }
        return at;
    }

    private static PlanException error(String text, String message) {
        return new PlanException(
                "syntax", text, message + " in the list of names '" + text + "'", "names are split at commas");
    }
}
