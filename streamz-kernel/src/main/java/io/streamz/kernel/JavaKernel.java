package io.streamz.kernel;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.kernel.util.TextColor;

/** What Jupyter asks of a kernel, for Java. */
final class JavaKernel extends BaseKernel {
    private static final Pattern MAGIC = Pattern.compile("(?m)^[ \\t]*%(\\w+)(.*)$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");

    private final Cells cells = new Cells();
    private final KernelIO streams;

    JavaKernel() {
        this(new KernelIO());
    }

    private JavaKernel(KernelIO streams) {
        super(
                "streamz-java",
                version(),
                new LanguageInfo(
                        "java",
                        String.valueOf(Runtime.version().feature()),
                        "text/x-java-source",
                        ".jshell",
                        "java",
                        "text/x-java",
                        null),
                List.of(),
                null,
                streams,
                new CommManager(),
                new Renderer(),
                new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
                new MagicsRegistry(),
                true,
                new StringStyler.Builder()
                        .addPrimaryStyle(TextColor.BOLD_RESET_FG)
                        .addSecondaryStyle(TextColor.BOLD_RED_FG)
                        .build());
        this.streams = streams;
        new Magics(this).register(getMagicsRegistry());
    }

    private static String version() {
        String version = JavaKernel.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public void becomeHandlerForConnection(JupyterConnection connection) {
        streams.connection(connection);
        super.becomeHandlerForConnection(connection);
    }

    /** For good, not cell by cell: what a thread prints between two cells belongs to the notebook too. */
    @Override
    protected void replaceOutputStreams(ShellReplyEnvironment env) {
        System.setOut(getIO().out);
        System.setErr(getIO().err);
        System.setIn(getIO().in);
    }

    /** Runs the lines of a cell in their order: Java, and lines that begin with a percent sign. */
    @Override
    public Object evalRaw(String source) {
        cells.begin();
        try {
            return lines(source);
        } finally {
            cells.end();
        }
    }

    private Object lines(String source) {
        Object value = null;
        int from = 0;
        Matcher magic = MAGIC.matcher(source);
        while (magic.find()) {
            if (isCode(source.substring(from, magic.start()))) {
                continue;
            }
            cells.run(source.substring(from, magic.start()));
            magic(magic.group(1), words(magic.group(2)));
            value = null;
            from = magic.end();
        }
        String rest = source.substring(from);
        return rest.isBlank() ? value : cells.run(rest);
    }

    /** Whether a line after this is still inside of it: a remainder, a text block. */
    private boolean isCode(String before) {
        return !before.isBlank() && cells.completeness(before) == Completeness.DEFINITELY_INCOMPLETE;
    }

    private void magic(String name, List<String> arguments) {
        if (!getMagicsRegistry().getLineMagicNames().contains(name)) {
            String known = getMagicsRegistry().getLineMagicNames().stream()
                    .sorted()
                    .map(each -> "%" + each)
                    .collect(Collectors.joining(", "));
            throw new CellError("no %" + name, List.of("there is no %" + name + "; there are " + known));
        }
        try {
            getMagicsRegistry().evalLineMagic(this, name, arguments);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw Errors.thrown(e);
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group() : word.group(1));
        }
        return words;
    }

    /** Adds jars for later code, and installs what extensions they hold. */
    void addJars(List<Path> jars) {
        if (!jars.isEmpty()) {
            cells.addToClasspath(jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
            installExtensions(cells.loader());
        }
    }

    @Override
    protected ClassLoader getClassLoader() {
        return cells.loader();
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        int line = code.lastIndexOf('\n', at - 1) + 1;
        String before = code.substring(line, at);
        if (before.matches("\\s*%\\w*")) {
            int start = line + before.indexOf('%');
            List<String> names = getMagicsRegistry().getLineMagicNames().stream()
                    .map(name -> "%" + name)
                    .filter(name -> name.startsWith(code.substring(start, at)))
                    .sorted()
                    .toList();
            return new ReplacementOptions(names, start, at);
        }
        String java = withoutMagics(code);
        Cells.Completions found = cells.complete(java, at);
        return new ReplacementOptions(found.words(), found.from(), at);
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        List<String> lines = cells.describe(withoutMagics(code), at);
        return lines.isEmpty() ? null : new DisplayData(String.join("\n", lines));
    }

    /** The same places, without what is no Java. */
    private static String withoutMagics(String code) {
        return MAGIC.matcher(code).replaceAll(line -> " ".repeat(line.group().length()));
    }

    @Override
    public String isComplete(String code) {
        return switch (cells.completeness(withoutMagics(code))) {
            case COMPLETE, COMPLETE_WITH_SEMI, CONSIDERED_INCOMPLETE, EMPTY -> IS_COMPLETE_YES;
            case DEFINITELY_INCOMPLETE -> "    ";
            case UNKNOWN -> IS_COMPLETE_BAD;
        };
    }

    @Override
    public void interrupt() {
        cells.stop();
    }

    @Override
    public List<String> formatError(Throwable e) {
        List<String> lines =
                e instanceof CellError error ? error.lines() : Errors.thrown(e).lines();
        List<String> styled = new ArrayList<>();
        for (String line : lines) {
            styled.addAll(line.startsWith("|") ? errorStyler.primaryLines(line) : errorStyler.secondaryLines(line));
        }
        return styled;
    }

    @Override
    public void onShutdown(boolean isRestarting) {
        try {
            super.onShutdown(isRestarting);
        } finally {
            cells.close();
        }
    }
}
