package dev.foretell.worker.training.trainer;

import dev.foretell.commons.identity.Names;
import dev.foretell.commons.training.EngineName;
import dev.foretell.worker.training.job.SparkCommand;
import dev.foretell.worker.training.job.TaskMain;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a trainer.
 *
 * @param routers routers that share their state; the trainer calls the next one if one does not respond
 * @param token the token of the routers; empty without a token
 * @param name the name of the trainer; unique
 * @param places the maximum number of tasks that run at once
 * @param folder the folder for the files of running tasks
 * @param commands that start the process of a task
 */
public record TrainerConfig(
        List<String> routers, String token, String name, int places, Path folder, Commands commands) {
    /**
     * Without the arguments of {@link TaskMain}.
     *
     * @param java Java with its class path
     * @param sparkHome the folder of Spark's distribution; empty to leave tasks for Spark to others
     * @param priority of the processes
     */
    public record Commands(List<String> java, Optional<Path> sparkHome, TaskPriority priority) {
        public Commands {
            java = List.copyOf(java);
        }

        /** What the trainer can train with. */
        List<EngineName> engines() {
            return sparkHome.isPresent()
                    ? List.of(EngineName.FORETELL, EngineName.SPARK)
                    : List.of(EngineName.FORETELL);
        }

        /** Java with the class path of Spark. */
        List<String> spark() {
            return SparkCommand.of(java.get(0), sparkHome.orElseThrow());
        }
    }

    public TrainerConfig {
        routers = routers.stream().map(url -> url.replaceAll("/+$", "")).toList();
        Names.require("the trainer's name", name);
        if (routers.isEmpty()) {
            throw new IllegalArgumentException("a trainer needs the URL of a router");
        }
        if (places < 1 || places > 1000) {
            throw new IllegalArgumentException("a trainer runs 1 to 1000 tasks at once");
        }
    }

    /** One without Spark, whose tasks have a low priority. */
    public TrainerConfig(
            List<String> routers, String token, String name, int places, Path folder, List<String> command) {
        this(routers, token, name, places, folder, new Commands(command, Optional.empty(), TaskPriority.LOW));
    }

    TrainerConfig within(Path folder) {
        return new TrainerConfig(routers, token, name, places, folder, commands);
    }

    /** Starts the process of a task in memory. */
    List<String> command() {
        return commands.java();
    }

    /** A command with the Java and the class path of this process. */
    public static List<String> ownJava() {
        return ownJava(List.of());
    }

    /** @param jars with training code, behind the classes that this process has */
    public static List<String> ownJava(List<Path> jars) {
        StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        jars.forEach(jar -> path.append(File.pathSeparatorChar).append(jar.toAbsolutePath()));
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", path.toString());
    }

    /** A unique name: machine and process. */
    public static String ownName() {
        String machine = System.getenv().getOrDefault("HOSTNAME", "trainer").replaceAll("[^A-Za-z0-9-]", "-");
        return machine.substring(0, Math.min(60, machine.length())) + "-"
                + ProcessHandle.current().pid();
    }
}
