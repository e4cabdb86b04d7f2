package dev.foretell.worker.function.binding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains to a caller which argument does not fit and what would; never repeats the value. */
final class Mismatch {
    private static final int MAX_NAME = 60;

    private Mismatch() {}

    /** @param argument empty if the whole body is its value */
    static ServingException describe(String argument, @Nullable Parameter parameter, JsonProcessingException e) {
        String name = argument.isEmpty() ? path(e).replaceFirst("^\\.", "") : argument + path(e);
        String place = name.isEmpty() ? "the body" : "argument '" + abbreviate(name) + "'";
        return new ServingException(FailureKind.INVALID_INPUT, place + " " + complaint(parameter, e), e);
    }

    static String abbreviate(String name) {
        return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "…" : name;
    }

    private static String complaint(@Nullable Parameter parameter, JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "is unknown; known here: " + unknown.getKnownPropertyIds();
        }
        if (e instanceof NumberTooLargeException large) {
            return "is too large for a " + large.getTargetType().getSimpleName();
        }
        if (e instanceof ValueInstantiationException refused && refused.getCause() != null) {
            return "is refused: " + refused.getCause().getMessage();
        }
        if (e.getOriginalMessage().startsWith("Missing required creator property")) {
            String field = e.getOriginalMessage().split("'", 3)[1];
            return path(e).endsWith("." + field) ? "is missing" : "is missing a field: " + field;
        }
        return "must be of type " + expectation(parameter, e);
    }

    private static String expectation(@Nullable Parameter parameter, JsonProcessingException e) {
        if (e instanceof MismatchedInputException mismatched
                && mismatched.getTargetType() != null
                && !mismatched.getPath().isEmpty()) {
            return ValueWords.of(target(mismatched));
        }
        return parameter == null ? "another" : parameter.valueWords();
    }

    /** An element of an array of primitives is reported with the array's type. */
    private static Class<?> target(MismatchedInputException e) {
        Class<?> type = e.getTargetType();
        boolean isElement = e.getPath().get(e.getPath().size() - 1).getIndex() >= 0;
        return isElement && type.isArray() && type.getComponentType().isPrimitive() ? type.getComponentType() : type;
    }

    /** The place within the argument: {@code .petals[2].length}. */
    private static String path(JsonProcessingException e) {
        List<JsonMappingException.Reference> path =
                e instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
        StringBuilder words = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            words.append(step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
        }
        return words.toString();
    }
}
