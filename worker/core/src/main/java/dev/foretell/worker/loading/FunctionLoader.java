package dev.foretell.worker.loading;

import dev.foretell.commons.identity.Names;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.FunctionProvider;
import dev.foretell.worker.function.ServedFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Loads functions by reference: {@code com.acme.Fib::predict}, {@code Predict.java}, or the reference of a plug-in.
 * Each may have its own name, as in {@code fib=com.acme.Fib::predict}.
 */
public final class FunctionLoader {
    private final ClassLoader loader;
    private final List<FunctionProvider> providers = new ArrayList<>();

    /** @param classpath the user's folders and jars, separated like any class path; may be empty */
    public FunctionLoader(String classpath) {
        this.loader = UserClasses.loader(classpath);
        ServiceLoader.load(FunctionProvider.class, loader).forEach(providers::add);
        providers.add(new SourceFunctions(classpath));
        providers.add(new ClassFunctions());
    }

    /** @throws FunctionNotFoundException with the problem of the first invalid reference */
    public List<ServedFunction> load(List<String> references) {
        List<ServedFunction> functions = new ArrayList<>();
        references.forEach(reference -> functions.addAll(load(reference)));
        requireDistinct(functions);
        return List.copyOf(functions);
    }

    private List<ServedFunction> load(String reference) {
        int equals = reference.indexOf('=');
        if (equals < 0) {
            return find(reference);
        }
        List<ServedFunction> found = find(reference.substring(equals + 1));
        if (found.size() > 1) {
            List<String> names =
                    found.stream().map(ServedFunction::name).sorted().toList();
            throw new FunctionNotFoundException(reference + " names " + names.size() + " functions, "
                    + String.join(", ", names) + ": choose one, as in " + reference + "::" + names.get(0));
        }
        String name = reference.substring(0, equals);
        if (!Names.isValid(name)) {
            throw new FunctionNotFoundException("'" + name + "' cannot be a function's name: a name is " + Names.RULE);
        }
        return List.of(found.get(0).withName(name));
    }

    private List<ServedFunction> find(String reference) {
        return providers.stream()
                .filter(provider -> provider.accepts(reference))
                .findFirst()
                .orElseThrow(() ->
                        new FunctionNotFoundException((reference.isEmpty() ? "an empty text" : "'" + reference + "'")
                                + " is no function: write com.acme.Fib::predict or Predict.java[::method]"))
                .load(reference, loader);
    }

    /** @throws FunctionNotFoundException if two functions have the same name */
    public static void requireDistinct(List<ServedFunction> functions) {
        Set<String> names = new HashSet<>();
        for (ServedFunction function : functions) {
            if (!names.add(function.name())) {
                throw new FunctionNotFoundException("two functions are named '" + function.name()
                        + "': give one another name, as in other=com.acme.Fib::predict");
            }
        }
    }
}
