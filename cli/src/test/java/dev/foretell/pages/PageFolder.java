package dev.foretell.pages;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A folder as a reader has it after a checkout and a build, as far as the pages use it. */
final class PageFolder {
    private static final List<String> EXAMPLES = List.of("Predict.java", "iris.csv", "firefly_worker.py");

    private PageFolder() {}

    /** @param models the folder with the example models */
    static void fill(Path root, Path models, Path folder) throws IOException {
        Path examples = Files.createDirectories(folder.resolve("examples"));
        for (String file : EXAMPLES) {
            Files.copy(root.resolve("examples").resolve(file), examples.resolve(file));
        }
        Path built = Files.createDirectories(examples.resolve("target/models"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(models)) {
            for (Path file : files) {
                Files.copy(file, built.resolve(file.getFileName()));
            }
        }
        Files.createDirectory(folder.resolve("bin"));
        program(folder.resolve("foretell"), foretell());
        program(folder.resolve("bin/foretell"), foretell());
        program(folder.resolve("bin/curl"), curl());
    }

    /** The tests' own class path in place of the build: pages are about commands, not about the launcher. */
    private static String foretell() {
        return "exec '" + System.getProperty("java.home")
                + "/bin/java' -Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC" + " $FORETELL_JAVA_OPTS -cp '"
                + System.getProperty("java.class.path") + "' dev.foretell.cli.Foretell \"$@\"";
    }

    /** A curl that draws no progress, has an end, and fails where the status says so. */
    private static String curl() {
        return "PATH=${PATH#*/bin:} exec curl -sS --fail-with-body --max-time 90 \"$@\"";
    }

    private static void program(Path file, String command) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + command + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
