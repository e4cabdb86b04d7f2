package dev.foretell.worker.loading;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The names of classes that a user may have meant: those in the folders and jars of {@code --classpath}. */
final class ClassNames {
    private static final String SUFFIX = ".class";

    private ClassNames() {}

    static List<String> visibleTo(ClassLoader loader) {
        List<String> names = new ArrayList<>();
        if (loader instanceof URLClassLoader user) {
            Arrays.stream(user.getURLs()).forEach(url -> names.addAll(in(path(url))));
        }
        return names;
    }

    private static Path path(URL url) {
        return Path.of(URI.create(url.toString()));
    }

    private static List<String> in(Path entry) {
        try {
            return Files.isDirectory(entry) ? inFolder(entry) : inJar(entry);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static List<String> inFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return classes(files.map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/')));
        }
    }

    private static List<String> inJar(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return classes(file.stream().map(Object::toString));
        }
    }

    private static List<String> classes(Stream<String> files) {
        return files.filter(file -> file.endsWith(SUFFIX) && !file.contains("$") && !file.contains("-info"))
                .map(file -> file.substring(0, file.length() - SUFFIX.length()).replace('/', '.'))
                .toList();
    }
}
