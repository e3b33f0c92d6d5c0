package io.streamz.notebook;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;

/** IJava finds no extensions by itself; one line in a cell makes this module known to it. */
public final class IJava {
    private IJava() {}

    /** Lets the kernel render and display what this library has: {@code IJava.install(getKernelInstance())}. */
    public static void install(BaseKernel kernel) {
        Streamz.screen(new IJavaScreen(kernel));
        Renderings.all().forEach(rendering -> register(kernel, rendering));
    }

    private static <T> void register(BaseKernel kernel, Rendering<T> rendering) {
        kernel.getRenderer()
                .createRegistration(rendering.type())
                .preferring(MIMEType.TEXT_HTML)
                .register((value, context) -> {
                    Content output = rendering.output(value);
                    context.renderIfRequested(MIMEType.TEXT_HTML, output::html);
                    context.renderIfRequested(MIMEType.TEXT_PLAIN, output::text);
                });
    }
}
