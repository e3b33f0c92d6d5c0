package io.streamz.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code streamz} command. */
@Command(
        name = "streamz",
        description = "Live dataframes on the command line.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    /** Runs the command and ends the JVM: 0 done, 1 data or files, 2 options or plan. */
    public static void main(String[] args) {
        InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        // A job that was told to stop is ending the JVM already, and waits for this thread.
        int code = run(args, new Console(in, out, err, Terminal.ofProcess(), System::nanoTime));
        Runtime.getRuntime().halt(code);
    }

    /**
     * Runs the command in this JVM and gives its exit code.
     *
     * @param in what {@code -} reads
     * @param out where the answer goes, and nothing else
     * @param err where messages go
     */
    public static int run(String[] args, InputStream in, OutputStream out, PrintStream err) {
        return run(args, new Console(in, out, err, Terminal.NONE, System::nanoTime));
    }

    static int run(String[] args, Console console) {
        PrintStream text = new PrintStream(console.out(), true, StandardCharsets.UTF_8);
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new Tail(console))
                .addSubcommand(new Explain(console))
                .addSubcommand(new State(console))
                .setExpandAtFiles(false)
                .registerConverter(Long.class, Main::wholeNumber)
                .registerConverter(Integer.class, number -> Math.toIntExact(wholeNumber(number)))
                .setOut(new PrintWriter(text, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((error, given) -> refuse(error, console))
                .setExecutionExceptionHandler(
                        (error, command, parsed) -> Failure.report(error, command.getCommand(), console));
        return args.length == 0 ? noCommand(console) : line.execute(args);
    }

    private static Long wholeNumber(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no whole number");
        }
    }

    private static int noCommand(Console console) {
        console.say("no command given; see streamz --help");
        return Failure.OPTIONS;
    }

    private static int refuse(ParameterException error, Console console) {
        String problem = error instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched)
                : error.getMessage().lines().findFirst().orElse("bad options") + ";";
        console.say(problem + " see streamz --help");
        return Failure.OPTIONS;
    }

    /** Speaks of the first alone: what follows an unknown option is most often its value. */
    private static String unmatched(UnmatchedArgumentException error) {
        String first = error.getUnmatched().get(0);
        if (error.getCommandLine().getParent() == null) {
            String commands =
                    String.join(", ", error.getCommandLine().getSubcommands().keySet());
            return "no command or option '" + first + "'; the commands are " + commands + ";";
        }
        if (!error.isUnknownOption()) {
            return "'" + first + "' is one argument too many, and a value with blanks stands in quotes;";
        }
        List<String> near = error.getSuggestions();
        return "no option '" + first + "';" + (near.isEmpty() ? "" : " did you mean " + near.get(0) + "?");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"streamz " + (version == null ? "(not packaged)" : version)};
        }
    }
}
