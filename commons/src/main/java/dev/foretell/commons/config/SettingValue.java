package dev.foretell.commons.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Converts one setting from text or YAML to the type of its record component, and back to text. */
final class SettingValue {
    static final String MISSING = "must have a value";
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);
    /** A century; nanoseconds of much longer ones do not fit into a long. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern DURATION = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

    private SettingValue() {}

    /** @throws IllegalArgumentException with the values that the setting accepts */
    static @Nullable Object parse(Type type, JsonNode node) {
        if (type instanceof ParameterizedType generic) {
            return parseCollection(generic, node);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == JsonNode.class) {
            return json(node);
        }
        if (node.isContainerNode()) {
            throw new IllegalArgumentException("must be a single value");
        }
        if (node.isNull()
                || (!plain.isPrimitive()
                        && plain != String.class
                        && node.asText().isEmpty())) {
            if (plain.isPrimitive()) {
                throw new IllegalArgumentException(MISSING);
            }
            return null;
        }
        return parseText(plain, node.asText().strip());
    }

    /** JSON is written as YAML or as a text: {@code {n: 0}} or {@code '{"n": 0}'}. */
    private static @Nullable JsonNode json(JsonNode node) {
        if (!node.isTextual()) {
            return node.isNull() ? null : node;
        }
        try {
            return Json.readTree(node.textValue().getBytes(StandardCharsets.UTF_8));
        } catch (ServingException e) {
            throw new IllegalArgumentException(
                    "must be JSON, with inner quotes for a text ('\"like this\"'): " + e.detail(), e);
        }
    }

    private static Object present(@Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(MISSING);
        }
        return value;
    }

    private static Object parseCollection(ParameterizedType generic, JsonNode node) {
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == List.class) {
            List<Object> list = new ArrayList<>();
            if (node.isTextual()) {
                Arrays.stream(node.textValue().split(","))
                        .filter(part -> !part.isBlank())
                        .forEach(part -> list.add(parseText((Class<?>) arguments[0], part.strip())));
            } else if (node.isArray()) {
                node.forEach(item -> list.add(present(parse(arguments[0], item))));
            } else if (!node.isNull()) {
                throw new IllegalArgumentException("must be a list");
            }
            return List.copyOf(list);
        }
        if (!node.isObject() && !node.isNull()) {
            throw new IllegalArgumentException("must be a map");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> map.put(entry.getKey(), present(parse(arguments[1], entry.getValue()))));
        return Map.copyOf(map);
    }

    private static Object parseText(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        }
        if (type == Path.class) {
            return Path.of(text);
        }
        if (type == Duration.class) {
            return duration(text);
        }
        if (type == boolean.class) {
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("must be true or false, not '" + text + "'");
            };
        }
        if (type.isEnum()) {
            return constant(type, text);
        }
        return number(type, text);
    }

    private static Object number(Class<?> type, String text) {
        try {
            if (type == int.class || type == Integer.class) {
                return Integer.parseInt(text);
            }
            if (type == long.class) {
                return Long.parseLong(text);
            }
            if (type == double.class) {
                return finite(text);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    text.matches("-?[0-9]{10,}")
                            ? text + " is too large"
                            : "must be a " + (type == double.class ? "" : "whole ") + "number, not '" + text + "'",
                    e);
        }
        throw new IllegalStateException("unsupported type of a setting: " + type);
    }

    /** NaN would pass every range check. */
    private static double finite(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException(text);
        }
        return number;
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches() || matcher.group(1).length() > 12) {
            throw new IllegalArgumentException("must be a duration like 500ms, 10s, 5m or 1h, not '" + text + "'");
        }
        Duration duration = Duration.of(Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2)));
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be at most " + LONGEST.toDays() + "d, not '" + text + "'");
        }
        return duration;
    }

    private static Object constant(Class<?> type, String text) {
        for (Object constant : type.getEnumConstants()) {
            if (text(constant).equals(text.replace('-', '_'))) {
                return constant;
            }
        }
        throw new IllegalArgumentException("must be one of "
                + Arrays.stream(type.getEnumConstants()).map(SettingValue::text).collect(Collectors.joining(", "))
                + ", not '" + text + "'");
    }

    static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Duration duration) {
            return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
        }
        if (value instanceof List<?> list) {
            return list.stream().map(SettingValue::text).collect(Collectors.joining(","));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(","));
        }
        return value.toString();
    }
}
