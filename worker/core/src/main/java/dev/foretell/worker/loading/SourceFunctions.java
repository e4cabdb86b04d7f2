package dev.foretell.worker.loading;

import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.FunctionProvider;
import dev.foretell.worker.function.ServedFunction;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Functions in a plain source file, compiled in memory: {@code Predict.java}, {@code Predict.java::predict}. */
final class SourceFunctions implements FunctionProvider {
    private final String classpath;

    SourceFunctions(String classpath) {
        this.classpath = classpath;
    }

    @Override
    public boolean accepts(String reference) {
        return reference.endsWith(".java") || reference.contains(".java::");
    }

    @Override
    public List<ServedFunction> load(String reference, ClassLoader loader) {
        int colons = reference.indexOf(".java::");
        Path file = file(colons < 0 ? reference : reference.substring(0, colons + ".java".length()));
        CompiledSource source = SourceCompiler.compile(file, classpath, loader);
        return colons < 0 ? all(file, source) : List.of(find(source, reference.substring(colons + ".java::".length())));
    }

    private static Path file(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new FunctionNotFoundException("'" + name + "' cannot be the name of a file");
        }
    }

    private static List<ServedFunction> all(Path file, CompiledSource source) {
        List<ServedFunction> functions = new ArrayList<>();
        for (Class<?> type : source.classes()) {
            new Members(type)
                    .staticMethods()
                    .forEach(method -> functions.add(
                            MethodFunction.of(type, method, method.getName(), source.doc(method.getName()))));
            if (functions.isEmpty() && FunctionalInterfaces.methodOf(type).isPresent() && !type.isInterface()) {
                functions.add(ClassFunctions.functionObject(type));
            }
        }
        if (functions.isEmpty()) {
            throw new FunctionNotFoundException(file + " has no static method to serve");
        }
        return functions;
    }

    private static ServedFunction find(CompiledSource source, String method) {
        Optional<Class<?>> owner = source.classes().stream()
                .filter(type -> new Members(type).names().contains(method))
                .findFirst();
        return new Members(owner.orElse(source.classes().get(0))).find(method, source.doc(method));
    }
}
