package dev.foretell.worker.loading;

import dev.foretell.commons.identity.NearestNames;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.FunctionProvider;
import dev.foretell.worker.function.ServedFunction;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Functions in compiled classes: {@code com.acme.Fib::predict}, {@code com.acme.Scorer}. */
final class ClassFunctions implements FunctionProvider {
    private static final Pattern REFERENCE = Pattern.compile(
            "[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*(::[\\p{L}_$][\\p{L}\\p{N}_$]*)?");

    @Override
    public boolean accepts(String reference) {
        return REFERENCE.matcher(reference).matches();
    }

    @Override
    public List<ServedFunction> load(String reference, ClassLoader loader) {
        int colons = reference.indexOf("::");
        String name = colons < 0 ? reference : reference.substring(0, colons);
        Class<?> type = findClass(name, name, loader);
        return List.of(
                colons < 0 ? functionObject(type) : new Members(type).find(reference.substring(colons + 2), null));
    }

    /** A class that is itself a function, under its own name: {@code Scorer} becomes {@code scorer}. */
    static ServedFunction functionObject(Class<?> type) {
        Optional<Method> method = FunctionalInterfaces.methodOf(type);
        if (method.isEmpty() || type.isInterface()) {
            throw new FunctionNotFoundException(type.getName()
                    + " is not itself a function (it implements no java.util.function interface): name a method, as in "
                    + type.getName() + "::" + firstOf(new Members(type).names()));
        }
        String simple = type.getSimpleName();
        String name = simple.substring(0, 1).toLowerCase(Locale.ROOT) + simple.substring(1);
        return MethodFunction.of(type, method.get(), name, MethodFunction.doc(type, null));
    }

    private static String firstOf(List<String> names) {
        return names.isEmpty() ? "predict" : names.get(0);
    }

    private static Class<?> findClass(String asked, String name, ClassLoader loader) {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            return findNested(asked, name, loader);
        } catch (LinkageError e) {
            throw new FunctionNotFoundException("class " + name + " cannot be used: " + e);
        }
    }

    /** Finds {@code com.acme.Models$Fib} for the source notation {@code com.acme.Models.Fib}. */
    private static Class<?> findNested(String asked, String name, ClassLoader loader) {
        int dot = name.lastIndexOf('.');
        if (dot > 0 && Character.isUpperCase(name.charAt(name.lastIndexOf('.', dot - 1) + 1))) {
            return findClass(asked, name.substring(0, dot) + "$" + name.substring(dot + 1), loader);
        }
        String nearest = NearestNames.of(asked, ClassNames.visibleTo(loader));
        throw new FunctionNotFoundException(
                "there is no class '" + asked + "' on the class path" + (nearest.isEmpty() ? wayOut(asked) : nearest));
    }

    /** A class name starts with a capital letter; another name was probably meant as a file. */
    private static String wayOut(String asked) {
        return Character.isUpperCase(asked.charAt(asked.lastIndexOf('.') + 1))
                ? "; --classpath names the folder or jar that it is in"
                : "; a source file is named like Predict.java, a model like iris.onnx";
    }
}
