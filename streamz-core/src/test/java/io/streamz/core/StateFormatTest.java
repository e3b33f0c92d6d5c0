package io.streamz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StateFormatTest {

    private static byte[] state(StateWriter.Content content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new StateWriter(bytes)) {
            out.section("one", 3, content);
            out.section("two", 1, two -> two.writeInt(2));
        }
        return bytes.toByteArray();
    }

    private static StateReader read(byte[] bytes) throws IOException {
        return new StateReader(new ByteArrayInputStream(bytes));
    }

    @Test
    void everyTypeComesBackAsItWas() throws IOException {
        byte[] bytes = state(out -> {
            out.writeByte(-1);
            out.writeBoolean(true);
            out.writeInt(Integer.MIN_VALUE);
            out.writeLong(Long.MAX_VALUE);
            out.writeDouble(Double.longBitsToDouble(0x7ff8_0000_0000_0001L));
            out.writeDouble(-0.0);
            out.writeText("grüße 𝄞");
            out.writeBytes(new byte[] {1, 2, 3});
            out.stream().write(new byte[] {9, 8});
        });
        try (var in = read(bytes)) {
            assertThat(in.next()).isTrue();
            assertThat(in.name()).isEqualTo("one");
            assertThat(in.version()).isEqualTo(3);
            assertThat(in.readByte()).isEqualTo(-1);
            assertThat(in.readBoolean()).isTrue();
            assertThat(in.readInt()).isEqualTo(Integer.MIN_VALUE);
            assertThat(in.readLong()).isEqualTo(Long.MAX_VALUE);
            assertThat(Double.doubleToRawLongBits(in.readDouble())).isEqualTo(0x7ff8_0000_0000_0001L);
            assertThat(Double.doubleToRawLongBits(in.readDouble())).isEqualTo(Long.MIN_VALUE);
            assertThat(in.readText()).isEqualTo("grüße 𝄞");
            assertThat(in.readBytes()).containsExactly(1, 2, 3);
            assertThat(in.stream().readAllBytes()).containsExactly(9, 8);
            assertThat(in.next()).isTrue();
            assertThat(in.readInt()).isEqualTo(2);
            assertThat(in.next()).isFalse();
        }
    }

    /** The bytes themselves, so that a change of the format cannot pass unseen. */
    @Test
    void theBytesAreLittleEndianAndFixed() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new StateWriter(bytes)) {
            out.section("n", 2, section -> section.writeLong(0x0102030405060708L));
        }
        assertThat(HexFormat.of().formatHex(bytes.toByteArray()))
                .isEqualTo("5354525a" + "01000000" // STRZ, format 1
                        + "01" + "01000000" + "6e" + "02000000" + "97a7f4de" // section n, version 2, checksum
                        + "08000000" + "0807060504030201" + "15243f81" // a chunk and its checksum
                        + "00000000" + "ba9e54af" // the end of the section
                        + "00" + "3e5d258b"); // the end
    }

    @Test
    void whatIsLeftOfASectionIsSkippedAndSectionsMayBeLong() throws IOException {
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        byte[] bytes = state(out -> {
            out.writeInt(7);
            out.writeBytes(large);
            out.writeLong(8);
        });
        try (var in = read(bytes)) {
            in.next();
            assertThat(in.readInt()).isEqualTo(7);
            assertThat(in.readBytes()).isEqualTo(large);
            assertThat(in.readLong()).isEqualTo(8);
        }
        try (var in = read(bytes)) {
            in.next();
            assertThat(in.readInt()).isEqualTo(7);
            assertThat(in.next()).isTrue();
            assertThat(in.name()).isEqualTo("two");
        }
    }

    @Test
    void aCutOrFlippedByteIsFoundAndNeverReadAsData() throws IOException {
        byte[] bytes = state(out -> {
            for (int i = 0; i < 40; i++) {
                out.writeLong(i);
            }
        });
        for (int cut = 0; cut < bytes.length; cut++) {
            byte[] shorter = Arrays.copyOf(bytes, cut);
            assertThatThrownBy(() -> readAll(shorter)).as("cut at " + cut).isInstanceOf(DataException.class);
        }
        for (int i = 0; i < bytes.length * 8; i++) {
            byte[] flipped = bytes.clone();
            flipped[i / 8] ^= (byte) (1 << i % 8);
            assertThatThrownBy(() -> readAll(flipped)).as("bit " + i).isInstanceOf(DataException.class);
        }
    }

    @Test
    void aClaimedLengthReservesNoMemory() throws IOException {
        byte[] bytes = state(out -> out.writeInt(Integer.MAX_VALUE));
        try (var in = read(bytes)) {
            in.next();
            assertThatThrownBy(in::readBytes).isInstanceOf(DataException.class).hasMessageContaining("section 'one'");
        }
    }

    @Test
    void foreignBytesAreRefused() {
        assertThatThrownBy(() -> read("hello world".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not saved state");
    }

    @Test
    void aPositionComesBackEqualAndPrints() throws IOException {
        var position =
                Position.START.with("file", "a.csv").with("offset", 1200L).with("mark", new byte[] {1, -1});
        var bytes = new ByteArrayOutputStream();
        try (var out = new StateWriter(bytes)) {
            out.section("position", 1, position::write);
        }
        try (var in = read(bytes.toByteArray())) {
            in.next();
            Position back = Position.read(in);
            assertThat(back).isEqualTo(position).hasSameHashCodeAs(position);
            assertThat(back).hasToString("{file=a.csv, mark=01ff, offset=1200}");
            assertThat(back.number("offset")).isEqualTo(1200);
            assertThatThrownBy(() -> back.text("offset")).hasMessageContaining("no String 'offset'");
        }
    }

    private static void readAll(byte[] bytes) throws IOException {
        try (var in = read(bytes)) {
            while (in.next()) {
                in.stream().readAllBytes();
            }
        }
    }
}
