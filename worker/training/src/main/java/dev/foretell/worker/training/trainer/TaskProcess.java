package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.job.TaskMain;
import dev.foretell.worker.training.job.TaskOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The process of one task. It has a low priority, a bounded heap, and only those environment variables that Java needs. It ends
 * together with the processes that it has started, and when this process ends.
 */
final class TaskProcess {
    private static final Set<String> VARIABLES = Set.of("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR");

    private final Process process;
    private final Thread reader;

    private TaskProcess(Process process, Thread reader) {
        this.process = process;
        this.reader = reader;
    }

    static TaskProcess start(TaskPriority priority, List<String> java, Path folder, int memoryMb, TaskOutput output)
            throws IOException {
        List<String> command = new ArrayList<>(priority.command());
        command.addAll(command(java, folder, memoryMb));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().retainAll(VARIABLES);
        Process process = builder.start();
        Thread reader = new Thread(() -> read(process.getInputStream(), output), "task-output");
        reader.setDaemon(true);
        reader.start();
        return new TaskProcess(process, reader);
    }

    private static List<String> command(List<String> java, Path folder, int memoryMb) {
        List<String> command = new ArrayList<>();
        command.add(java.get(0));
        command.addAll(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-Xmx" + memoryMb + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-Djava.io.tmpdir=" + folder));
        command.addAll(java.subList(1, java.size()));
        command.addAll(List.of(TaskMain.class.getName(), folder.toString()));
        return command;
    }

    private static void read(InputStream stream, TaskOutput output) {
        try {
            output.read(stream);
        } catch (IOException broken) {
            output.add("(the output of the process broke off)");
        }
    }

    /** Writes a line to its stdin. One that cannot be written is lost: the process has ended, or ends. */
    void tell(JsonNode line) {
        try {
            OutputStream in = process.getOutputStream();
            in.write(Json.write(line));
            in.write('\n');
            in.flush();
        } catch (IOException ended) {
            // Whoever waits for the process sees it.
        }
    }

    long pid() {
        return process.pid();
    }

    /** Waits; returns whether it ended in time. Its whole output has been read then. */
    boolean await(Duration time) throws InterruptedException {
        if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        reader.join(TimeUnit.SECONDS.toMillis(5));
        return true;
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Kills it and all processes that it has started. */
    void kill() {
        List<ProcessHandle> tree = tree();
        process.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    private List<ProcessHandle> tree() {
        try (Stream<ProcessHandle> all = process.descendants()) {
            return all.toList();
        }
    }
}
