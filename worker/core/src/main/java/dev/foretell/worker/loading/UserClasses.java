package dev.foretell.worker.loading;

import dev.foretell.worker.function.FunctionNotFoundException;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The class loader for {@code --classpath}. It stays open while the worker runs. */
final class UserClasses {
    private UserClasses() {}

    static ClassLoader loader(String classpath) {
        ClassLoader parent = UserClasses.class.getClassLoader();
        return classpath.isBlank() ? parent : new URLClassLoader("user", urls(classpath), parent);
    }

    private static URL[] urls(String classpath) {
        return Arrays.stream(classpath.split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(UserClasses::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        Path path = Path.of(entry);
        if (!Files.exists(path)) {
            throw new FunctionNotFoundException("class path: there is no " + entry);
        }
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
