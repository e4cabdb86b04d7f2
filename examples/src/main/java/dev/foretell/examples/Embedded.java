package dev.foretell.examples;

import dev.foretell.worker.Worker;

/** A complete program that serves its own functions. */
public final class Embedded {
    private Embedded() {}

    public static void main(String[] args) {
        String router = args.length > 0 ? args[0] : "http://localhost:8000";
        var worker =
                Worker.of("fib", Fib::predict).and("iris", new Iris()::classify).register(router, "AI");
        System.out.println("listening on " + worker.url());
    }
}
