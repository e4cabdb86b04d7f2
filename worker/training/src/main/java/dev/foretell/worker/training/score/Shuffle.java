package dev.foretell.worker.training.score;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The numbers from 0 on in a random order. */
final class Shuffle {
    private Shuffle() {}

    static int[] of(int count, SplittableRandom random) {
        int[] numbers = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int number = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = number;
        }
        return numbers;
    }
}
