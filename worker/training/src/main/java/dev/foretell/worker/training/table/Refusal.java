package dev.foretell.worker.training.table;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;

/** The exceptions for tables that a training cannot use. */
final class Refusal {
    private static final int LONGEST_QUOTE = 60;

    private Refusal() {}

    static ServingException of(String detail) {
        return new ServingException(FailureKind.INVALID_INPUT, detail);
    }

    static ServingException ofColumn(String column, String detail) {
        return of("Column " + quote(column) + " " + detail);
    }

    static ServingException ofColumn(String column, int line, String detail) {
        return of("Column " + quote(column) + ", line " + line + ": " + detail);
    }

    /** A text of the table, cut to what fits in a sentence. */
    static String quote(String text) {
        return "'" + (text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…") + "'";
    }
}
