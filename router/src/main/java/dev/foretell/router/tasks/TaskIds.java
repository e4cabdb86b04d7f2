package dev.foretell.router.tasks;

import java.time.Clock;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Creates task ids that sort by their time: in base 32, 9 digits of milliseconds and 5 random ones. Thread-safe. */
final class TaskIds {
    private static final Pattern ID = Pattern.compile("[0-9a-v]{14}");
    private static final int CHANCE = 25;

    private final Clock clock;
    private final RandomGenerator random;

    TaskIds(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    String next() {
        return text(clock.millis(), 9) + text(random.nextInt(1 << CHANCE), 5);
    }

    private static String text(long number, int signs) {
        String digits = Long.toString(number, 32);
        return ("0".repeat(Math.max(0, signs - digits.length())) + digits).toLowerCase(Locale.ROOT);
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
