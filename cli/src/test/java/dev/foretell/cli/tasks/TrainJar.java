package dev.foretell.cli.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.training.code.TrainFunction;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A project of a user's own with a {@link TrainFunction}, compiled and packed. */
final class TrainJar {
    private static final String SOURCE = """
            package com.acme;

            import dev.foretell.worker.training.code.TrainFunction;
            import dev.foretell.worker.training.code.Training;
            import java.io.InputStream;
            import java.nio.file.Files;
            import java.nio.file.Path;

            public final class Packed implements TrainFunction {
                @Override
                public Path train(Training training) throws Exception {
                    if (!"cm".equals(training.parameters().get("unit"))) {
                        throw new IllegalArgumentException("unit: " + training.parameters());
                    }
                    training.progress(0.5, "counts");
                    training.metric("rows", Rows.of(training.table()));
                    Path model = training.folder().resolve("packed.onnx");
                    try (InputStream packed = Packed.class.getResourceAsStream("/packed.onnx")) {
                        Files.copy(packed, model);
                    }
                    return model;
                }
            }

            final class Rows {
                static long of(Path table) throws java.io.IOException {
                    return Files.readAllLines(table).size() - 1;
                }
            }
            """;

    private TrainJar() {}

    /** @param model what the code comes to, which the jar has as a resource */
    static Path build(Path project, Path model) throws IOException, URISyntaxException {
        Path source = Files.createDirectories(project.resolve("src/com/acme")).resolve("Packed.java");
        Files.writeString(source, SOURCE);
        Path classes = Files.createDirectories(project.resolve("classes"));
        Path library = Path.of(TrainFunction.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        int exitCode = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", library.toString(), "-d", classes.toString(), source.toString());
        assertThat(exitCode).isZero();
        Files.copy(model, classes.resolve("packed.onnx"));
        return pack(classes, project.resolve("packed.jar"));
    }

    private static Path pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> all = Files.walk(classes)) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
