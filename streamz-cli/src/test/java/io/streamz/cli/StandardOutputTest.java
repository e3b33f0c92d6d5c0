package io.streamz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamz.core.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class StandardOutputTest {
    private static final byte[] ANSWER = "answer".getBytes(StandardCharsets.UTF_8);

    @Test
    void itHoldsUntilItIsFlushed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OutputStream standard = new StandardOutput(out);
        standard.write(ANSWER);
        assertThat(out.size()).isZero();
        standard.flush();
        assertThat(out).hasToString("answer");
    }

    @Test
    void anErrorSaysWhoseItIs() throws IOException {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        OutputStream standard = new StandardOutput(full);
        standard.write(ANSWER);
        assertThatThrownBy(standard::flush)
                .isInstanceOf(DataException.class)
                .hasMessage("cannot write standard output: No space left on device");
        assertThatThrownBy(() -> new StandardOutput(full).write(new byte[1 << 20]))
                .hasMessage("cannot write standard output: No space left on device");
    }
}
