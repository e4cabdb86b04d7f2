package dev.foretell.worker.function.binding;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A type by its name, and by the form of its values if the name is not enough. */
final class ValueWords {
    private static final Map<Class<?>, String> EXAMPLES = Map.of(
            LocalDate.class, "2026-01-31",
            LocalTime.class, "12:30:00",
            LocalDateTime.class, "2026-01-31T12:30:00",
            OffsetDateTime.class, "2026-01-31T12:30:00+01:00",
            Instant.class, "2026-01-31T12:30:00Z",
            Duration.class, "PT1H30M");

    private ValueWords() {}

    static String of(Class<?> type) {
        if (type.isEnum()) {
            List<?> values = Arrays.asList(type.getEnumConstants());
            return type.getSimpleName() + ": "
                    + values.stream().map(Object::toString).collect(Collectors.joining(", "));
        }
        String example = EXAMPLES.get(type);
        return type.getSimpleName() + (example == null ? "" : ", such as \"" + example + "\"");
    }
}
