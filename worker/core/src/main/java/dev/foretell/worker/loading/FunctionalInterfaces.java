package dev.foretell.worker.loading;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the single abstract method of {@code Function}, {@code ToDoubleFunction}, {@code Callable} and similar
 * interfaces.
 */
final class FunctionalInterfaces {
    private FunctionalInterfaces() {}

    /** The functional method of this type, if it has exactly one. */
    static Optional<Method> methodOf(Class<?> type) {
        if (type.isInterface()) {
            return single(abstractMethods(type));
        }
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Class<?> implemented : at.getInterfaces()) {
                if (!implemented.getName().startsWith("java.lang.")
                        && !implemented.getName().startsWith("java.io.")) {
                    Optional<Method> method = single(abstractMethods(implemented));
                    if (method.isPresent()) {
                        return method.map(found -> implementation(type, found));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static List<Method> abstractMethods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .filter(method -> !isOfObject(method))
                .toList();
    }

    private static Optional<Method> single(List<Method> methods) {
        return methods.size() == 1 ? Optional.of(methods.get(0)) : Optional.empty();
    }

    /** The class's own method, because its parameters have names and types, unlike the interface's. */
    private static Method implementation(Class<?> type, Method declared) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (method.getName().equals(declared.getName())
                        && method.getParameterCount() == declared.getParameterCount()
                        && !method.isBridge()) {
                    return method;
                }
            }
        }
        return declared;
    }

    private static boolean isOfObject(Method method) {
        try {
            Object.class.getMethod(method.getName(), method.getParameterTypes());
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
