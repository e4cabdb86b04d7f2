package dev.foretell.worker.function;

/** A function some of whose exceptions mean that its input is wrong. */
public record RefusingFunction(ServedFunction function, Refusals refusals) implements WrappedFunction {
    /** The function's own refusals go before these. */
    public static ServedFunction of(ServedFunction function, Refusals refusals) {
        return refusals.statuses().isEmpty()
                ? function
                : new RefusingFunction(function, function.refusals().or(refusals));
    }
}
