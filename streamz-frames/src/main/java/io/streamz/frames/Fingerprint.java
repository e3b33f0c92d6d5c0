package io.streamz.frames;

import io.streamz.core.StateWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A short name of a long text, the same on every machine. */
final class Fingerprint {
    private static final int BYTES = 6;

    private Fingerprint() {}

    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String of(byte[] bytes) {
        return named(digest().digest(bytes));
    }

    /** Of what is written, which is held nowhere. */
    static String of(StateWriter.Content content) {
        MessageDigest digest = digest();
        try (StateWriter out = new StateWriter(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            out.section("table", 1, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return named(digest.digest());
    }

    private static String named(byte[] digest) {
        return HexFormat.of().formatHex(digest, 0, BYTES);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }
}
