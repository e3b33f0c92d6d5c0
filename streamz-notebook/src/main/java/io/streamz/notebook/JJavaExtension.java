package io.streamz.notebook;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/** Found by kernels that are made with jjava-jupyter when this module's jar is added to a notebook. */
public final class JJavaExtension implements Extension {
    /** Made by the kernel. */
    public JJavaExtension() {}

    @Override
    public void install(BaseKernel kernel) {
        Streamz.screen(new JJavaScreen(kernel));
        Renderings.all().forEach(rendering -> register(kernel, rendering));
    }

    /** The kernel ends or starts anew. */
    @Override
    public void uninstall(BaseKernel kernel) {
        Streamz.stopAll();
        Streamz.screen(null);
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
