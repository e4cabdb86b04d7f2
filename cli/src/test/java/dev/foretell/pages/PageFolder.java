package dev.foretell.pages;

import dev.foretell.examples.models.ExampleModels;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A folder as a reader has it after a checkout and a build, or in an unpacked archive, as far as the pages use it. With
 * {@code -Dforetell.page.home=DIR} it is that of a checkout that is built, or of an archive.
 */
final class PageFolder {
    private static final String HOME = System.getProperty("foretell.page.home", "");
    private static final List<String> EXAMPLES = List.of("Predict.java", "iris.csv");
    /** Each process lives for seconds. */
    private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private PageFolder() {}

    /** Where the example models are; those that it writes where nothing is built. */
    static Path models(Path ifNotBuilt) throws IOException {
        if (!HOME.isEmpty()) {
            return Path.of(HOME, "examples/target/models");
        }
        ExampleModels.write(ifNotBuilt);
        return ifNotBuilt;
    }

    static void fill(Path models, Path folder) throws IOException {
        Path home = HOME.isEmpty() ? Pages.ROOT : Path.of(HOME);
        Path examples = Files.createDirectories(folder.resolve("examples"));
        for (String file : EXAMPLES) {
            Files.copy(home.resolve("examples").resolve(file), examples.resolve(file));
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

    /** The launcher, or where nothing is built the tests' own class path. */
    private static String foretell() {
        if (!HOME.isEmpty()) {
            return "export FORETELL_JAVA_OPTS='" + SHORT_LIVED + "'; exec '" + Path.of(HOME, "foretell") + "' \"$@\"";
        }
        return "exec '" + System.getProperty("java.home")
                + "/bin/java' -Xmx128m " + SHORT_LIVED + " $FORETELL_JAVA_OPTS -cp '"
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
