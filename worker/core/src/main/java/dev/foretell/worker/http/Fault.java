package dev.foretell.worker.http;

import java.util.Arrays;

/**
 * Identifies equal failures: what failed, the class of the root exception, and where user code threw it.
 *
 * @param what the start of the log line: {@code /fib failed}
 */
record Fault(String what, String type, String place) {
    /** Stands for all faults beyond the bound. */
    static final Fault OTHER = new Fault("functions failed", "other exceptions", "other places");

    private static final int MAX_CAUSES = 20;

    static Fault of(String what, Throwable failure) {
        Throwable first = failure;
        for (int i = 0; i < MAX_CAUSES && first.getCause() != null; i++) {
            first = first.getCause();
        }
        return new Fault(what, first.getClass().getName(), place(first.getStackTrace()));
    }

    /** Skips JDK methods that reject their argument; their caller is more helpful. */
    private static String place(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(at -> !at.getClassName().matches("(java|javax|jdk|sun)\\..*"))
                .findFirst()
                .or(() -> Arrays.stream(stack).findFirst())
                .map(at -> at.getClassName() + "." + at.getMethodName() + ":" + at.getLineNumber())
                .orElse("an unknown place");
    }

    @Override
    public String toString() {
        return what + " with " + type + " at " + place;
    }
}
