package dev.foretell.cli.child;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts another process of this program: with the launcher that started it, or else with its own Java and class path. Both
 * add the JVM flags in {@code FORETELL_JAVA_OPTS}.
 */
public final class Launch {
    private static final String LAUNCHER = "foretell.launcher";

    private Launch() {}

    /** The command line of {@code foretell} with these arguments. */
    public static ProcessBuilder of(List<String> arguments) {
        List<String> command = new ArrayList<>(self());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("FORETELL_BUILT", "yes");
        return builder;
    }

    /** The same in a new session, which survives the closing of the terminal. */
    public static ProcessBuilder detach(List<String> arguments) {
        ProcessBuilder builder = of(arguments);
        onPath("setsid").ifPresent(setsid -> builder.command().add(0, setsid));
        return builder;
    }

    /** The folder with the launcher and {@code conf}, if there is one. */
    public static Optional<Path> home() {
        return Optional.ofNullable(System.getProperty(LAUNCHER))
                .map(launcher -> Path.of(launcher).toAbsolutePath().getParent());
    }

    private static List<String> self() {
        String launcher = System.getProperty(LAUNCHER);
        if (launcher != null) {
            return List.of(launcher);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(flags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.foretell.cli.Foretell"));
        return command;
    }

    private static List<String> flags() {
        String flags = Optional.ofNullable(System.getenv("FORETELL_JAVA_OPTS")).orElse("");
        return flags.isBlank() ? List.of() : List.of(flags.strip().split("\\s+"));
    }

    private static Optional<String> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return List.of(path.split(File.pathSeparator)).stream()
                .map(folder -> Path.of(folder, program).toFile())
                .filter(File::canExecute)
                .map(File::getPath)
                .findFirst();
    }
}
