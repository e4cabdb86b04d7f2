package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The process of a task. Reads {@code task.json} and {@code data.csv} in its folder, writes {@code model.onnx} and {@code
 * result.json} there, {@code holdout.json} where another model is to be compared, or {@code error.txt} with a message for the
 * caller who ordered the task. When its stdin ends, it deletes the folder and ends.
 */
public final class TaskMain {
    public static final String CODE = "code";
    public static final String AUTOML = "automl";
    /** Not a task: trials of another trainer's search. */
    public static final String HELP = "help";

    public static final int REFUSED = 2;
    public static final int NO_ROOM = 4;

    private TaskMain() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Parent parent = Parent.start(new TaskFolder(folder));
        try {
            JsonNode task = Json.readTree(Files.readAllBytes(folder.resolve(TaskFolder.TASK)));
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            if (task.path("kind").asText().equals(HELP)) {
                new HelpJob(task, parent, out).run(folder);
            }
            run(job(task, parent, out), folder);
        } catch (ServingException refusal) {
            Files.writeString(folder.resolve(TaskFolder.ERROR), refusal.detail());
            System.exit(REFUSED);
        } catch (IOException noRoom) {
            System.out.println(noRoom.getMessage());
            System.exit(NO_ROOM);
        }
        System.exit(0);
    }

    private static void run(Job job, Path folder) throws IOException {
        Job.Trained trained = job.run(folder);
        Files.write(folder.resolve(TaskFolder.MODEL), trained.onnx());
        for (int i = 0; i < trained.runnersUp().size(); i++) {
            Files.write(
                    folder.resolve(TaskFolder.runnerUp(i)), trained.runnersUp().get(i));
        }
        Files.write(folder.resolve(TaskFolder.RESULT), Json.write(trained.result()));
    }

    private static Job job(JsonNode task, Parent parent, PrintStream out) {
        return switch (task.path("kind").asText()) {
            case CODE -> new CodeJob(task, out);
            case AUTOML -> new SearchJob(task, comparedMetric(task), startNanos(), parent, out);
            default ->
                SparkCommand.isWanted(task)
                        ? new EngineJob(task, comparedMetric(task), out)
                        : new TrainingJob(task, comparedMetric(task), out);
        };
    }

    /** When this process started, by {@link System#nanoTime}. */
    private static long startNanos() {
        return System.nanoTime()
                - TimeUnit.MILLISECONDS.toNanos(
                        ManagementFactory.getRuntimeMXBean().getUptime());
    }

    /** The metric that the model is to be compared on; empty for none. */
    private static String comparedMetric(JsonNode task) {
        return task.path("serve").path("if-better-on").asText();
    }
}
