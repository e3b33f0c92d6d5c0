package io.streamz.notebook;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/** The bases of both lines of kernels, which evaluate nothing and render as the real ones do. */
final class Kernels {
    private Kernels() {}

    static final class JJava extends org.dflib.jjava.jupyter.kernel.BaseKernel {
        JJava() {
            super(
                    "test",
                    "1",
                    new LanguageInfo("java", "17", "text/x-java", ".java", "java", null, null),
                    List.of(),
                    null,
                    new JupyterIO(StandardCharsets.UTF_8),
                    new CommManager(),
                    new Renderer(),
                    null,
                    null,
                    false,
                    new StringStyler.Builder().build());
        }

        @Override
        public Object evalRaw(String source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public org.dflib.jjava.jupyter.kernel.display.DisplayData inspect(String code, int at, boolean detail) {
            throw new UnsupportedOperationException();
        }

        @Override
        public org.dflib.jjava.jupyter.kernel.ReplacementOptions complete(String code, int at) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String isComplete(String code) {
            throw new UnsupportedOperationException();
        }
    }

    static final class IJava extends io.github.spencerpark.jupyter.kernel.BaseKernel {
        @Override
        public io.github.spencerpark.jupyter.kernel.display.DisplayData eval(String code) {
            throw new UnsupportedOperationException();
        }

        @Override
        public io.github.spencerpark.jupyter.kernel.LanguageInfo getLanguageInfo() {
            throw new UnsupportedOperationException();
        }
    }
}
