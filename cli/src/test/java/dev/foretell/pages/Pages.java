package dev.foretell.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The pages of this checkout whose commands a reader may type: those at its top, and in some of its folders. */
final class Pages {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private Pages() {}

    static List<Page> all() {
        return files().stream().map(file -> Page.read(ROOT, file)).toList();
    }

    static List<Path> files() {
        return Stream.concat(
                        markdown(ROOT, 1),
                        Stream.of("docs", "examples", "bench")
                                .flatMap(folder -> markdown(ROOT.resolve(folder), Integer.MAX_VALUE)))
                .toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> markdown(Path folder, int depth) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files
                    .filter(file ->
                            file.toString().endsWith(".md") && !file.toString().contains("/target/"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
