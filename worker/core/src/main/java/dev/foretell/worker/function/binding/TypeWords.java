package dev.foretell.worker.function.binding;

import com.fasterxml.jackson.databind.JavaType;
import java.util.stream.Collectors;

/** A Java type in source notation: {@code int}, {@code List<String>}. */
final class TypeWords {
    private TypeWords() {}

    static String of(JavaType type) {
        if (type.isArrayType()) {
            return of(type.getContentType()) + "[]";
        }
        String name = type.getRawClass().getSimpleName();
        return type.getBindings().isEmpty()
                ? name
                : name
                        + type.getBindings().getTypeParameters().stream()
                                .map(TypeWords::of)
                                .collect(Collectors.joining(", ", "<", ">"));
    }
}
