package dev.foretell.worker.http;

import java.util.Arrays;

/**
 * What makes two failures the same: what failed, the class of the exception that began it, and where in the user's code that was thrown.
 *
 * @param what as a line begins: {@code /fib failed}
 */
record Fault(String what, String type, String place) {
    /** All that there is no room for. */
    static final Fault OTHER = new Fault("functions failed", "other exceptions", "other places");

    private static final int MAX_CAUSES = 20;

    static Fault of(String what, Throwable failure) {
        Throwable first = failure;
        for (int i = 0; i < MAX_CAUSES && first.getCause() != null; i++) {
            first = first.getCause();
        }
        return new Fault(what, first.getClass().getName(), place(first.getStackTrace()));
    }

    /** A method of the JDK that refuses its argument tells less than who called it. */
    private static String place(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(at -> !at.getClassName().matches("(java|javax|jdk|sun)\\..*"))
                .findFirst()
                .or(() -> Arrays.stream(stack).findFirst())
                .map(at -> at.getClassName() + "." + at.getMethodName() + ":" + at.getLineNumber())
                .orElse("a place that is not known");
    }

    @Override
    public String toString() {
        return what + " with " + type + " at " + place;
    }
}
