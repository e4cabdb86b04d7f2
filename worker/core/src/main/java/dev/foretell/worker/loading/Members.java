package dev.foretell.worker.loading;

import dev.foretell.commons.identity.NearestNames;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.function.ServedFunction;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The methods and fields of one class that can be served. */
final class Members {
    private final Class<?> type;

    Members(Class<?> type) {
        this.type = type;
    }

    /** The function with this name: a method, or a static field with an object of a functional interface. */
    ServedFunction find(String name, @Nullable String javadoc) {
        List<Method> methods =
                callable().filter(method -> method.getName().equals(name)).toList();
        if (methods.isEmpty()) {
            return findField(name)
                    .orElseThrow(() -> new FunctionNotFoundException(
                            type.getName() + " has no method '" + name + "'" + NearestNames.of(name, names())));
        }
        return MethodFunction.of(type, only(name, methods), name, javadoc);
    }

    List<Method> staticMethods() {
        List<Method> all = callable()
                .filter(method -> Modifier.isStatic(method.getModifiers()) && !isMain(method))
                .toList();
        List<Method> open = all.stream()
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .toList();
        return open.isEmpty() ? all : open;
    }

    List<String> names() {
        return callable().map(Method::getName).distinct().sorted().toList();
    }

    private Method only(String name, List<Method> methods) {
        List<Method> open = methods.stream()
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .toList();
        if (methods.size() > 1 && open.size() != 1) {
            throw new FunctionNotFoundException(type.getName() + " has " + methods.size() + " methods '" + name
                    + "', and a served function has one:\n  "
                    + String.join(
                            "\n  ",
                            methods.stream().map(Method::toGenericString).toList()));
        }
        return open.isEmpty() ? methods.get(0) : open.get(0);
    }

    private Optional<ServedFunction> findField(String name) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.getName().equals(name) && Modifier.isStatic(field.getModifiers()))
                .findFirst()
                .flatMap(field -> FunctionalInterfaces.methodOf(field.getType())
                        .map(method -> MethodFunction.bound(
                                name, MethodFunction.doc(field, null), field.getGenericType(), method, value(field))));
    }

    private static Object value(Field field) {
        try {
            field.trySetAccessible();
            Object value = field.get(null);
            if (value == null) {
                throw new FunctionNotFoundException(field + " is null");
            }
            return value;
        } catch (IllegalAccessException e) {
            throw new FunctionNotFoundException(field + " cannot be read from here: make it public");
        }
    }

    private Stream<Method> callable() {
        Map<String, Method> bySignature = new LinkedHashMap<>();
        Stream.concat(Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getMethods()))
                .filter(method -> !method.isSynthetic() && !Modifier.isPrivate(method.getModifiers()))
                .filter(method -> method.getDeclaringClass() != Object.class)
                .forEach(method -> bySignature.putIfAbsent(
                        method.getName() + Arrays.toString(method.getParameterTypes()), method));
        return bySignature.values().stream();
    }

    private static boolean isMain(Method method) {
        return method.getName().equals("main")
                && Arrays.equals(method.getParameterTypes(), new Class<?>[] {String[].class});
    }
}
