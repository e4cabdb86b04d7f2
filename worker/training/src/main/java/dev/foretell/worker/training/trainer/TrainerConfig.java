package dev.foretell.worker.training.trainer;

import dev.foretell.commons.identity.Names;
import java.io.File;
import java.nio.file.Path;
import java.util.List;

/**
 * What a trainer needs to know.
 *
 * @param routers that share their state; the next one stands in for one that does not answer
 * @param token that routers want; empty for none
 * @param name of the trainer, of its own
 * @param places how many tasks it runs at once
 * @param folder for the files of tasks that run
 * @param command that starts the process of a task but for its own arguments: Java and its class path
 */
public record TrainerConfig(
        List<String> routers, String token, String name, int places, Path folder, List<String> command) {
    public TrainerConfig {
        routers = routers.stream().map(url -> url.replaceAll("/+$", "")).toList();
        command = List.copyOf(command);
        Names.require("the trainer's name", name);
        if (routers.isEmpty()) {
            throw new IllegalArgumentException("a trainer needs the URL of a router");
        }
        if (places < 1 || places > 1000) {
            throw new IllegalArgumentException("a trainer runs 1 to 1000 tasks at once");
        }
    }

    /** Processes of the Java and with the classes that this one has. */
    public static List<String> ownJava() {
        return ownJava(List.of());
    }

    /** @param jars with training code, behind the classes that this process has */
    public static List<String> ownJava(List<Path> jars) {
        StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        jars.forEach(jar -> path.append(File.pathSeparatorChar).append(jar.toAbsolutePath()));
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", path.toString());
    }

    /** One that no other trainer has: machine and process. */
    public static String ownName() {
        String machine = System.getenv().getOrDefault("HOSTNAME", "trainer").replaceAll("[^A-Za-z0-9-]", "-");
        return machine.substring(0, Math.min(60, machine.length())) + "-"
                + ProcessHandle.current().pid();
    }
}
