package dev.foretell.worker.function.binding;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** A number is out of range for its argument. */
final class NumberTooLargeException extends MismatchedInputException {
    private static final long serialVersionUID = 1L;

    NumberTooLargeException(JsonParser parser, Class<?> type) {
        super(parser, "too large for " + type, type);
    }
}
