package dev.foretell.worker.loading;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import dev.foretell.worker.function.FunctionNotFoundException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Compiles one source file in memory and keeps its parameter names. */
final class SourceCompiler {
    private SourceCompiler() {}

    /** @throws FunctionNotFoundException with file, line and message of each compile error */
    static CompiledSource compile(Path file, String classpath, ClassLoader parent) {
        if (!Files.isRegularFile(file)) {
            throw new FunctionNotFoundException("there is no file " + file);
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new FunctionNotFoundException(
                    "compiling " + file + " needs a JDK; this Java has no compiler: serve a compiled class instead");
        }
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (MemoryFiles files =
                new MemoryFiles(compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8))) {
            return compile(file, compiler, files, diagnostics, options(classpath), parent);
        } catch (IOException e) {
            throw new FunctionNotFoundException("cannot read " + file + ": " + e.getMessage());
        }
    }

    private static CompiledSource compile(
            Path file,
            JavaCompiler compiler,
            MemoryFiles files,
            DiagnosticCollector<JavaFileObject> diagnostics,
            List<String> options,
            ClassLoader parent)
            throws IOException {
        var task = (JavacTask) compiler.getTask(null, files, diagnostics, options, null, List.of(new SourceText(file)));
        CompilationUnitTree unit = task.parse().iterator().next();
        SourceOutline outline = SourceOutline.of(task, unit);
        task.generate();
        requireNoErrors(file, diagnostics);
        return new CompiledSource(
                load(outline.classes(), new MemoryClassLoader(files.classes(), parent)), outline.docs());
    }

    private static List<String> options(String classpath) {
        String own = System.getProperty("java.class.path", "");
        String all = classpath.isBlank() ? own : classpath + File.pathSeparator + own;
        return List.of("-parameters", "-g", "-proc:none", "-implicit:none", "-Xlint:none", "-classpath", all);
    }

    private static void requireNoErrors(Path file, DiagnosticCollector<JavaFileObject> diagnostics) {
        List<String> errors = diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(error -> file + ":" + error.getLineNumber() + ": " + error.getMessage(Locale.ROOT))
                .toList();
        if (!errors.isEmpty()) {
            throw new FunctionNotFoundException(file + " does not compile:\n" + String.join("\n", errors));
        }
    }

    private static List<Class<?>> load(List<String> names, ClassLoader loader) {
        List<Class<?>> classes = new ArrayList<>();
        for (String name : names) {
            try {
                classes.add(Class.forName(name, true, loader));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            } catch (LinkageError e) {
                throw new FunctionNotFoundException("class " + name + " cannot be used: " + e);
            }
        }
        return classes;
    }
}
