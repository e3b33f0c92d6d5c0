package io.streamz.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The CSV job in a Java process with a heap of its own: what {@link External} talks to. */
final class CsvProcess {
    private CsvProcess() {}

    static Contestant contestant(Job.CsvSum job, Data data) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + job.heap() + "m",
                "-cp",
                System.getProperty("java.class.path"),
                CsvProcess.class.getName(),
                job.key(),
                job.column());
        Path answer = data.folder().resolve("streamz-answer.tsv");
        return new External(command, Map.of(), data.csv().toString(), answer, CsvProcess::read);
    }

    private static Answer read(Path file) throws IOException {
        Cells keys = Cells.texts();
        Cells sums = Cells.doubles();
        for (String line : Files.readAllLines(file)) {
            int tab = line.indexOf('\t');
            keys.add(line.substring(0, tab));
            sums.add(Double.parseDouble(line.substring(tab + 1)));
        }
        return new Answer(true, List.of(keys.array(), sums.array()));
    }

    private static void write(Answer answer, Path file) throws IOException {
        String[] keys = (String[]) answer.columns().get(0);
        double[] sums = (double[]) answer.columns().get(1);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < keys.length; row++) {
            lines.add(keys[row] + "\t" + sums[row]);
        }
        Files.write(file, lines);
    }

    /** Takes the names of key and column; the file, and then commands, come line by line. */
    public static void main(String[] arguments) throws Exception {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            Contestant contestant = Streamz.csv(Path.of(in.readLine()), arguments[0], arguments[1]);
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String argument = line.substring(line.indexOf(' ') + 1);
                if (line.startsWith("answer ")) {
                    write(contestant.answer(), Path.of(argument));
                    System.out.println("done");
                } else {
                    long before = system.getProcessCpuTime();
                    contestant.run(Integer.parseInt(argument));
                    System.out.println((system.getProcessCpuTime() - before) / 1000);
                }
            }
        }
    }
}
