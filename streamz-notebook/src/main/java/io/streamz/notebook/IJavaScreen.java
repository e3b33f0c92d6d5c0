package io.streamz.notebook;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;

/** Kernels made with jupyter-jvm-basekernel, IJava above all. */
record IJavaScreen(BaseKernel kernel) implements Screen {
    @Override
    public void show(String id, Content output) {
        DisplayData data = data(output);
        data.setDisplayId(id);
        kernel.display(data);
    }

    @Override
    public void update(String id, Content output) {
        kernel.getIO().display.updateDisplay(id, data(output));
    }

    private static DisplayData data(Content output) {
        DisplayData data = new DisplayData(output.text());
        data.putHTML(output.html());
        return data;
    }
}
