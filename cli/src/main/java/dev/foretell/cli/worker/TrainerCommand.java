package dev.foretell.cli.worker;

import dev.foretell.cli.child.StopSignal;
import dev.foretell.cli.options.RouterToken;
import dev.foretell.cli.options.TrainingPriority;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.worker.registration.RouterUrls;
import dev.foretell.worker.training.job.SparkCommand;
import dev.foretell.worker.training.trainer.TaskPriority;
import dev.foretell.worker.training.trainer.Trainer;
import dev.foretell.worker.training.trainer.TrainerConfig;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foretell trainer}: runs the training tasks of a router. */
@Command(
        name = "trainer",
        description = "Run the training tasks of a router, each in a process of its own, until Ctrl-C.",
        footer = {
            "%nExamples:",
            "  foretell trainer --router http://127.0.0.1:8000",
            "  foretell trainer --router http://a:8000,http://b:8000 --places 4",
            "  foretell tasks run --data iris.csv --target species --algorithm decision-tree",
            Exit.HELP
        })
public final class TrainerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--router",
            paramLabel = "URL[,URL…]",
            defaultValue = "${env:FORETELL_ROUTER:-http://127.0.0.1:8000}",
            description = "The router whose tasks it runs; others that share its state stand in for it.")
    private String routers = "";

    @Option(
            names = "--places",
            paramLabel = "N",
            description = "How many tasks run at once (default: one for each core).")
    private int places = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of this trainer (default: the machine's name and the process id).")
    private @Nullable String name;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder for the files of running tasks (default: the temporary folder).")
    private Path data = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--jars",
            paramLabel = "JAR",
            split = ",",
            description = "Jars with training code of your own: classes that are a TrainFunction.")
    private List<Path> jars = List.of();

    @Option(
            names = "--spark-home",
            paramLabel = "DIR",
            defaultValue = "${env:FORETELL_TRAINING_SPARK_HOME:-}",
            description = "Folder of Spark's distribution, for --engine spark; $FORETELL_TRAINING_SPARK_HOME.")
    private @Nullable Path sparkHome;

    @Option(
            names = "--priority",
            paramLabel = "idle|low",
            defaultValue = "${env:FORETELL_TRAINING_PRIORITY:-idle}",
            converter = TrainingPriority.class,
            description = "What tasks get of the processors: what others leave (idle), or a tenth of the share of"
                    + " others (low); $FORETELL_TRAINING_PRIORITY (default: idle).")
    private TaskPriority priority = TaskPriority.IDLE;

    @Option(
            names = "--router-token-file",
            paramLabel = "FILE",
            description = "The file with the router's token; $FORETELL_TOKEN_FILE, $FORETELL_TOKEN.")
    private @Nullable String tokenFile;

    @Option(names = "--exit-with-parent", hidden = true, description = "End when stdin does.")
    private boolean exitWithParent;

    @Override
    public Integer call() throws Exception {
        TrainerConfig config = config();
        StopSignal stop = StopSignal.install();
        if (exitWithParent) {
            stop.followParent();
        }
        try (Trainer trainer = start(config)) {
            spec.commandLine().getOut().println("trainer " + config.name() + " takes tasks from " + routers);
            stop.await();
        }
        return Exit.OK;
    }

    private static Trainer start(TrainerConfig config) {
        try {
            return Trainer.start(config);
        } catch (FileSystemException e) {
            throw CommandFailure.usage("--data: " + config.folder() + " cannot be used for the files of tasks: "
                    + Objects.requireNonNullElse(e.getReason(), "it is a file, or cannot be created or written"));
        } catch (IOException e) {
            throw CommandFailure.usage("--data: " + config.folder() + ": " + e.getMessage());
        }
    }

    private static List<Path> readable(List<Path> jars) {
        for (Path jar : jars) {
            if (!Files.isReadable(jar)) {
                throw CommandFailure.usage("--jars: there is no file " + jar);
            }
        }
        return jars;
    }

    private Optional<Path> spark() {
        Path home = sparkHome;
        if (home == null || home.toString().isEmpty()) {
            return Optional.empty();
        }
        if (!SparkCommand.isHome(home)) {
            throw CommandFailure.usage("--spark-home: there is no Spark in " + home + "; " + SparkCommand.HOW);
        }
        return Optional.of(home);
    }

    private TrainerConfig config() {
        try {
            return new TrainerConfig(
                    RouterUrls.check(RouterUrls.split(routers)),
                    RouterToken.of(tokenFile, System.getenv()),
                    name == null ? TrainerConfig.ownName() : name,
                    places,
                    data.toAbsolutePath(),
                    new TrainerConfig.Commands(TrainerConfig.ownJava(readable(jars)), spark(), priority));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e);
        }
    }
}
