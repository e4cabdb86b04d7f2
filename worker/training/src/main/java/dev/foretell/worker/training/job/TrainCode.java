package dev.foretell.worker.training.job;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.worker.training.code.TrainFunction;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Finds training code, or compiles it; all failures are INVALID_INPUT with the reason. */
final class TrainCode {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");
    private static final Pattern PUBLIC_CLASS =
            Pattern.compile("(?m)^\\s*public\\s+(?:(?:final|strictfp)\\s+)*(?:class|record|enum)\\s+(\\w+)");
    private static final int MOST_MISTAKES = 10;

    private TrainCode() {}

    /** The class of this name, which must be a {@link TrainFunction}. */
    static TrainFunction ofName(String name, ClassLoader loader) {
        try {
            return create(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            throw invalid("there is no class " + name
                    + " on the trainer's class path: start the trainer with --jars FILE.jar");
        }
    }

    private static TrainFunction create(Class<?> type) {
        if (!TrainFunction.class.isAssignableFrom(type)) {
            throw invalid("the class " + type.getName() + " does not implement " + TrainFunction.class.getName());
        }
        try {
            return type.asSubclass(TrainFunction.class).getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw invalid("the constructor of " + type.getName() + " failed: " + e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw invalid(
                    "the class " + type.getName() + " must be public, with a public constructor without parameters");
        }
    }

    private static ServingException invalid(String sentence) {
        return new ServingException(FailureKind.INVALID_INPUT, sentence);
    }

    /**
     * Compiles a source file with the class path of this process. The process ends with the task, so its class loader is never closed.
     *
     * @param classes an empty folder
     */
    static TrainFunction compile(String source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw invalid("the trainer's Java has no compiler: run the trainer with a JDK");
        }
        String name = className(source);
        DiagnosticCollector<JavaFileObject> mistakes = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(mistakes, Locale.ROOT, null)) {
            List<String> options = List.of(
                    "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none", "-nowarn");
            boolean isCompiled = compiler.getTask(
                            null, files, mistakes, options, null, List.of(new OneSource(name, source)))
                    .call();
            if (!isCompiled) {
                throw invalid("the source does not compile: " + list(mistakes.getDiagnostics()));
            }
        }
        URL[] path = {classes.toUri().toURL()};
        return ofName(name, new URLClassLoader(path, TrainCode.class.getClassLoader()));
    }

    private static String className(String source) {
        Matcher type = PUBLIC_CLASS.matcher(source);
        if (!type.find()) {
            throw invalid("the source has no public class");
        }
        Matcher room = PACKAGE.matcher(source);
        return (room.find() ? room.group(1) + "." : "") + type.group(1);
    }

    private static String list(List<Diagnostic<? extends JavaFileObject>> mistakes) {
        return mistakes.stream()
                .filter(mistake -> mistake.getKind() == Diagnostic.Kind.ERROR)
                .limit(MOST_MISTAKES)
                .map(mistake -> "line " + mistake.getLineNumber() + ": " + mistake.getMessage(Locale.ROOT))
                .collect(Collectors.joining("\n"));
    }

    /** A source file in memory. */
    private static final class OneSource extends SimpleJavaFileObject {
        private final String source;

        OneSource(String name, String source) {
            super(URI.create("string:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
