package io.streamz.frames;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** The methods that the code of a class calls, as the constants of its class file tell: chapter 4.4 of the JVM's specification. */
final class Calls {
    private static final int MAGIC_AND_VERSION = 8;

    private Calls() {}

    /** Each as the simple name of the class it is called on, a dot, and its name. */
    static Set<String> of(Class<?> type) throws IOException {
        try (DataInputStream in = new DataInputStream(type.getResourceAsStream(type.getSimpleName() + ".class"))) {
            in.skipNBytes(MAGIC_AND_VERSION);
            int count = in.readUnsignedShort();
            String[] texts = new String[count];
            int[] first = new int[count];
            int[] second = new int[count];
            boolean[] isMethod = new boolean[count];
            for (int at = 1; at < count; at++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts[at] = in.readUTF();
                    case 5, 6 -> {
                        in.readLong();
                        at++; // these take two places
                    }
                    case 7, 8, 16, 19, 20 -> first[at] = in.readUnsignedShort();
                    case 15 -> in.skipNBytes(3);
                    default -> {
                        first[at] = in.readUnsignedShort();
                        second[at] = in.readUnsignedShort();
                        isMethod[at] = tag == 10 || tag == 11;
                    }
                }
            }
            Set<String> calls = new HashSet<>();
            for (int at = 1; at < count; at++) {
                if (isMethod[at]) {
                    String owner = texts[first[first[at]]];
                    calls.add(owner.substring(owner.lastIndexOf('/') + 1) + "." + texts[first[second[at]]]);
                }
            }
            return calls;
        }
    }
}
