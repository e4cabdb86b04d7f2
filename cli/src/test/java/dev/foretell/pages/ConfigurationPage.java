package dev.foretell.pages;

import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.commons.config.Inline;
import dev.foretell.commons.config.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The reference of one program's settings, from the records that hold them: key, default, values, and the text of the record's
 * Javadoc. Where the Javadoc leaves a component to its name, the comment in {@code conf} explains it.
 */
final class ConfigurationPage {
    private final SettingComments comments;
    private final Map<String, String> defaults;
    private final Set<String> known;
    private final List<String> rows = new ArrayList<>();
    private String section = "";

    private ConfigurationPage(Record defaults, List<String> conf, Set<String> known) {
        this.comments = new SettingComments(conf);
        this.defaults = ConfigLoader.describe(defaults);
        this.known = known;
    }

    /** The tables of a program's settings, one a section. */
    static String tables(Record defaults, List<String> conf) {
        return tables(defaults, conf, "");
    }

    /** The same without the rows that another program's tables have already. */
    static String tables(Record defaults, List<String> conf, String others) {
        ConfigurationPage page = new ConfigurationPage(
                defaults,
                conf,
                others.lines().filter(line -> line.startsWith("| `")).collect(Collectors.toSet()));
        page.add("", defaults);
        return String.join("\n", page.rows) + "\n";
    }

    private void add(String prefix, Record settings) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            String key = prefix + kebab(component.getName());
            if (value(component, settings) instanceof Record group) {
                add(component.isAnnotationPresent(Inline.class) ? prefix : key + ".", group);
            } else {
                addRow(key, component, settings);
            }
        }
    }

    private void addRow(String key, RecordComponent component, Record settings) {
        String text = text(key, settings.getClass(), component);
        row(key, byDefault(defaults.getOrDefault(key, "")), values(component), text);
        if (component.isAnnotationPresent(Secret.class)) {
            row(key + "-file", "", "path", "a file that contains it, in one line");
        }
        addEach(key, component);
    }

    private String text(String key, Class<?> record, RecordComponent component) {
        return SettingDocs.of(record, component.getName())
                .or(() -> comments.of(key))
                .orElseThrow(() -> new AssertionError(
                        key + ": say in the Javadoc of " + record + " or in conf what this setting is"));
    }

    /** The settings of each entry of a map of records. */
    private void addEach(String key, RecordComponent component) {
        if (component.getGenericType() instanceof ParameterizedType map
                && map.getActualTypeArguments()[map.getActualTypeArguments().length - 1] instanceof Class<?> type
                && type.isRecord()) {
            Record each = defaultsOf(type);
            Map<String, String> own = ConfigLoader.describe(each);
            for (RecordComponent part : type.getRecordComponents()) {
                String name = kebab(part.getName());
                row(key + ".NAME." + name, byDefault(own.getOrDefault(name, "")), values(part), text(key, type, part));
            }
        }
    }

    private void begin(String next) {
        if (rows.isEmpty() || !next.equals(section)) {
            section = next;
            rows.addAll(List.of(
                    "",
                    next.isEmpty() ? "### At the top" : "### " + next,
                    "",
                    "| setting | default | values | |",
                    "|:--|:--|:--|:--|"));
        }
    }

    private void row(String key, String byDefault, String values, String text) {
        String row = "| `" + key + "` | " + byDefault + " | " + values + " | " + text.replace("|", "\\|") + " |";
        if (!known.contains(row)) {
            begin(key.contains(".") ? key.replaceAll("\\..*", "") : "");
            rows.add(row);
        }
    }

    private static String byDefault(String value) {
        return value.isEmpty() ? "" : "`" + shorter(value) + "`";
    }

    /** 3600s as 1h. */
    private static String shorter(String value) {
        if (!value.matches("[0-9]{2,}s")) {
            return value;
        }
        long seconds = Long.parseLong(value.replace("s", ""));
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds % 60 == 0 ? seconds / 60 + "m" : value;
    }

    private static String values(RecordComponent component) {
        Class<?> type = component.getType();
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> "`" + ((Enum<?>) constant).name().toLowerCase(Locale.ROOT) + "`")
                    .collect(Collectors.joining(", "));
        }
        return switch (type.getSimpleName()) {
            case "boolean" -> "`true`, `false`";
            case "int", "long", "Integer" -> "whole number";
            case "double" -> "number";
            case "String" -> "text";
            case "JsonNode" -> "JSON";
            default ->
                type == Duration.class ? "duration" : type.getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private static Object value(RecordComponent component, Record settings) {
        try {
            component.getAccessor().setAccessible(true);
            Object value = component.getAccessor().invoke(settings);
            return value == null ? "" : value;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Record defaultsOf(Class<?> type) {
        try {
            var defaults = type.getDeclaredMethod("defaults");
            defaults.setAccessible(true);
            return (Record) defaults.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type + " must have a static defaults()", e);
        }
    }

    static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
