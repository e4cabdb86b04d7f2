package dev.foretell.worker.training.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Deals rows to parts as they come, at random and evenly: of each class's next rows, as many as there are parts, each part
 * gets one. The same seed and rows give the same parts.
 */
final class Parts {
    private final int parts;
    private final SplittableRandom random;
    private final List<int[]> orders = new ArrayList<>();
    private final List<Integer> dealt = new ArrayList<>();

    Parts(int parts, long seed) {
        this.parts = parts;
        this.random = new SplittableRandom(seed);
    }

    /** @param group the class of the next row; 0 where there are no classes */
    int next(int group) {
        while (orders.size() <= group) {
            orders.add(new int[0]);
            dealt.add(parts);
        }
        if (dealt.get(group) == parts) {
            orders.set(group, shuffle());
            dealt.set(group, 0);
        }
        int at = dealt.get(group);
        dealt.set(group, at + 1);
        return orders.get(group)[at];
    }

    private int[] shuffle() {
        int[] order = new int[parts];
        for (int i = 0; i < parts; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
