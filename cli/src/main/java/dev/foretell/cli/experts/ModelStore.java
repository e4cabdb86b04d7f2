package dev.foretell.cli.experts;

import dev.foretell.worker.function.InvalidInputException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of one expert's models, which survive its restart. Thread-safe. */
final class ModelStore {
    private static final int NOT_FOUND = 404;
    private static final int NUMBERS = 1_000_000_000;
    private static final int MAX_TRIES = 100;
    private static final Pattern NAME = Pattern.compile("model-[0-9]{1,9}\\.onnx");

    private final Path folder;
    private final RandomGenerator random;

    private ModelStore(Path folder, RandomGenerator random) {
        this.folder = folder;
        this.random = random;
    }

    /** @throws IOException if the folder can be neither found nor created */
    static ModelStore open(Path folder, RandomGenerator random) throws IOException {
        return new ModelStore(Files.createDirectories(folder), random);
    }

    /** Keeps a model, and returns the name of its file: {@code model-4711.onnx}. */
    String save(byte[] model) throws IOException {
        Path arriving = Files.write(Files.createTempFile(folder, "arriving-", ".tmp"), model);
        try {
            for (int tries = 0; tries < MAX_TRIES; tries++) {
                String name = "model-" + random.nextInt(NUMBERS) + ".onnx";
                if (isLinked(arriving, folder.resolve(name))) {
                    return name;
                }
            }
            throw new IOException("no free name for a model in " + folder);
        } finally {
            Files.deleteIfExists(arriving);
        }
    }

    /** A link appears at once and whole, and takes no name that is taken. */
    private static boolean isLinked(Path file, Path name) throws IOException {
        try {
            Files.createLink(name, file);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    /** @throws InvalidInputException with status 404 for a name that no model has */
    Path require(String name) {
        Path file = folder.resolve(NAME.matcher(name).matches() ? name : "none");
        if (!Files.isRegularFile(file)) {
            String shown = name.length() > 60 ? name.substring(0, 60) + "…" : name;
            throw new InvalidInputException(NOT_FOUND, "there is no model '" + shown + "' here");
        }
        return file;
    }

    /** The model that was saved last. */
    Optional<Path> latest() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .max(Comparator.comparing((Path file) -> file.toFile().lastModified())
                            .thenComparing(Path::getFileName));
        }
    }
}
