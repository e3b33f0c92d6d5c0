package io.streamz.core;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of bytes as people write them: {@code 512m}, as the JVM's own options are. */
final class ByteSize {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,17})\\s*([kmgtKMGT]?)(?:i?[bB])?");
    private static final String UNITS = "kmgt";
    private static final int STEP = 10; // each unit is two to this power of the one before

    private ByteSize() {}

    static long parse(String text, String what) {
        Matcher matcher = FORM.matcher(text.strip());
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            int unit = matcher.group(2).isEmpty()
                    ? 0
                    : STEP * (1 + UNITS.indexOf(matcher.group(2).toLowerCase(Locale.ROOT)));
            if (count <= Long.MAX_VALUE >> unit) {
                return count << unit;
            }
        }
        throw new PlanException(
                "bad-size", what, what + " is '" + text + "', which is no number of bytes", "write it as 512m or 2g");
    }

    /** Such as {@code 1.5m}; the last digit is rounded. */
    static String text(long bytes) {
        if (bytes < 1 << STEP) {
            return Long.toString(bytes);
        }
        int unit = Math.min(UNITS.length(), (63 - Long.numberOfLeadingZeros(bytes)) / STEP);
        String number = String.format(Locale.ROOT, "%.1f", (double) bytes / (1L << (STEP * unit)));
        return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + UNITS.charAt(unit - 1);
    }
}
