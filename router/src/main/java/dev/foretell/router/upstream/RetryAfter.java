package dev.foretell.router.upstream;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** How long a busy worker asks for no calls: a Retry-After header (RFC 9110, 10.2.3), up to a bound. */
final class RetryAfter {
    static final Duration MAX = Duration.ofSeconds(30);

    private RetryAfter() {}

    /** The time from now; zero if the header is absent, invalid or in the past. */
    static Duration of(@Nullable String value, Instant now) {
        if (value == null || value.isBlank()) {
            return Duration.ZERO;
        }
        Duration wish = Character.isDigit(value.strip().charAt(0)) ? seconds(value.strip()) : until(value.strip(), now);
        if (wish.isNegative()) {
            return Duration.ZERO;
        }
        return wish.compareTo(MAX) < 0 ? wish : MAX;
    }

    private static Duration seconds(String value) {
        try {
            return Duration.ofSeconds(Integer.parseInt(value));
        } catch (NumberFormatException nonsense) {
            return Duration.ZERO;
        }
    }

    private static Duration until(String date, Instant now) {
        try {
            Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(now, then);
        } catch (DateTimeParseException nonsense) {
            return Duration.ZERO;
        }
    }
}
