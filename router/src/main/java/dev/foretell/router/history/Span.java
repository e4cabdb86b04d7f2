package dev.foretell.router.history;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A length of time to look back, with the ring that covers it. */
public enum Span {
    MINUTE("1m", 1, 60),
    TEN_MINUTES("10m", 10, 60),
    HOUR("1h", 60, 60),
    DAY("24h", 600, 144);

    private final String text;
    private final int stepSeconds;
    private final int steps;

    Span(String text, int stepSeconds, int steps) {
        this.text = text;
        this.stepSeconds = stepSeconds;
        this.steps = steps;
    }

    /** The span with this name, such as {@code 24h}. */
    public static Optional<Span> of(String text) {
        return Arrays.stream(values()).filter(span -> span.text.equals(text)).findFirst();
    }

    /** All names, for people: {@code 1m, 10m, 1h, 24h}. */
    public static String names() {
        return Arrays.stream(values()).map(span -> span.text).collect(Collectors.joining(", "));
    }

    public int stepSeconds() {
        return stepSeconds;
    }

    public int steps() {
        return steps;
    }
}
