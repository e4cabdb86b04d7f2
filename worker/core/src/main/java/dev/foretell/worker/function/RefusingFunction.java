package dev.foretell.worker.function;

/** A function with exceptions that mean that its input is wrong. */
public record RefusingFunction(ServedFunction function, Refusals refusals) implements WrappedFunction {
    /** The function's own refusals have precedence. */
    public static ServedFunction of(ServedFunction function, Refusals refusals) {
        return refusals.statuses().isEmpty()
                ? function
                : new RefusingFunction(function, function.refusals().or(refusals));
    }
}
