package dev.foretell.worker.http;

import java.util.ArrayDeque;
import java.util.Deque;

/** Counts the repetitions of one fault and keeps the latest requests. Its owner guards it. */
final class Repeats {
    private static final int MAX_NAMES = 10;

    private final Deque<String> latest = new ArrayDeque<>(MAX_NAMES);
    private long count;

    void add(String request) {
        count++;
        if (latest.size() == MAX_NAMES) {
            latest.remove();
        }
        latest.add(request);
    }

    boolean isNone() {
        return count == 0;
    }

    /** The text for the log; starts counting again. */
    String takeText() {
        String words = count == 1
                ? "once more (request " + latest.peek() + ")"
                : count + " times more (" + (count > latest.size() ? "the latest requests: " : "requests ")
                        + String.join(", ", latest) + ")";
        count = 0;
        latest.clear();
        return words;
    }
}
