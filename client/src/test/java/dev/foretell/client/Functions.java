package dev.foretell.client;

import dev.foretell.worker.function.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the workers of these tests serve. */
final class Functions {
    /** Opened by the test that lets {@link #wait} go on. */
    static volatile CountDownLatch gate = new CountDownLatch(0);

    static final AtomicInteger begun = new AtomicInteger();
    static final AtomicInteger interrupted = new AtomicInteger();

    private Functions() {}

    record Applicant(int age, double income) {}

    record Score(double value, String grade) {}

    record Step(int step, double value) {}

    static Score score(Applicant applicant) {
        if (applicant.age() < 18) {
            throw new InvalidInputException("an applicant is at least 18 years old");
        }
        return new Score(applicant.income() / 1000, "A");
    }

    static List<Score> scores(List<Applicant> applicants) {
        return applicants.stream().map(Functions::score).toList();
    }

    static Map<String, Double> shares(Map<String, Double> amounts) {
        double sum = amounts.values().stream().mapToDouble(Double::doubleValue).sum();
        return amounts.entrySet().stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, amount -> amount.getValue() / sum));
    }

    static @Nullable String nothing(int n) {
        return null;
    }

    static String text(int n) {
        return "x".repeat(n);
    }

    static int failing(int n) {
        throw new IllegalStateException("no luck with " + n);
    }

    static int length(byte[] body) {
        return body.length;
    }

    static byte[] reversed(byte[] body) {
        return new StringBuilder(new String(body, StandardCharsets.US_ASCII))
                .reverse()
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Waits for the gate. */
    static int waiting(int n) throws InterruptedException {
        begun.incrementAndGet();
        try {
            gate.await(30, TimeUnit.SECONDS);
            return n;
        } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            throw e;
        }
    }

    static Stream<Step> steps(int n) {
        return Stream.iterate(1, step -> step + 1).limit(n).map(step -> new Step(step, step * 0.5));
    }

    /** An item, and another one once the gate is open. */
    static Stream<Step> gated(int n) {
        return steps(n).peek(step -> {
            if (step.step() > 1) {
                awaitGate();
            }
        });
    }

    private static void awaitGate() {
        try {
            waiting(0);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Integer> breaking(int n) {
        return Stream.of(2, 1, 0).map(divisor -> n / divisor);
    }
}
