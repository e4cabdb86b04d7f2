package dev.foretell.examples;

import dev.foretell.worker.function.Doc;
import dev.foretell.worker.function.Sample;

/** The Fibonacci numbers, numbered as in firefly's example: {@code f(0) = f(1) = 1}. */
public final class Fib {
    private static final int LARGEST = 91;

    private Fib() {}

    /** The nth Fibonacci number, exact. */
    @Doc("nth Fibonacci number")
    @Sample("{\"n\": 5}")
    public static long predict(int n) {
        if (n < 0 || n > LARGEST) {
            throw new IllegalArgumentException("n must be between 0 and " + LARGEST);
        }
        long last = 1;
        long next = 1;
        for (int i = 0; i < n; i++) {
            long sum = last + next;
            last = next;
            next = sum;
        }
        return last;
    }
}
