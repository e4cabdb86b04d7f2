package dev.foretell.worker;

import dev.foretell.worker.function.Answer;
import dev.foretell.worker.function.Batch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Functions that answer many calls at once, well and badly. */
public final class BatchFunctions {
    /** What {@code twice} was given, list by list. */
    public static final ConcurrentLinkedQueue<List<Integer>> GIVEN = new ConcurrentLinkedQueue<>();

    public record Petal(double length, double width) {}

    private BatchFunctions() {}

    /** Refuses negative numbers, with all that came with them. */
    @Batch(max = 4)
    public static List<Integer> twice(List<Integer> n) {
        GIVEN.add(n);
        if (n.stream().anyMatch(one -> one < 0)) {
            throw new IllegalArgumentException("n must not be negative");
        }
        return n.stream().map(one -> 2 * one).toList();
    }

    @Batch
    public static List<Double> areas(List<Petal> petal) {
        return petal.stream().map(one -> one.length() * one.width()).toList();
    }

    @Batch
    public static List<Double> ratios(List<Double> of) {
        return of.stream().map(one -> 1 / one).toList();
    }

    @Batch
    public static List<Integer> tooFew(List<Integer> n) {
        return n.subList(1, n.size());
    }

    @Batch
    public static CompletionStage<List<String>> later(List<String> word) {
        return CompletableFuture.supplyAsync(
                () -> word.stream().map(String::toUpperCase).toList());
    }

    @Batch
    public static List<Object> anything(List<Integer> n) {
        return n.stream()
                .map(one -> one < 0 ? (Object) new byte[] {1} : Answer.of(201, one))
                .toList();
    }

    /** An ordinary function that happens to take a list. */
    public static List<Integer> sorted(List<Integer> n) {
        return n.stream().sorted().toList();
    }
}
