package dev.foretell.cli.options;

import dev.foretell.commons.config.ConfigException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Settings that came with a command, and by which of its options: what is wrong with one is told by the name that was typed. */
public final class TypedSettings {
    private final Map<String, String> values;
    private final Map<String, String> options = new LinkedHashMap<>();

    /** @param set by {@code --set}, under their own keys */
    public TypedSettings(Map<String, String> set) {
        this.values = new LinkedHashMap<>(set);
    }

    /** Sets what an option says, where it was given. */
    public void put(String key, String option, @Nullable Object value) {
        if (value != null) {
            values.put(key, value.toString());
            options.put(key, option);
        }
    }

    /** By their keys; may be added to. */
    public Map<String, String> values() {
        return values;
    }

    /** @throws ConfigException as {@code loading} does, with the options' names */
    public <T> T load(Function<Map<String, String>, T> loading) {
        try {
            return loading.apply(values);
        } catch (ConfigException e) {
            throw e.reworded(this::byOptions);
        }
    }

    private String byOptions(String problem) {
        String words = problem;
        for (Map.Entry<String, String> option : options.entrySet()) {
            words = byOption(words, option.getKey(), option.getValue());
        }
        return words;
    }

    /** A setting is called {@code http.port}, or, where its record looks at it, {@code http: port}. */
    private static String byOption(String problem, String key, String option) {
        int dot = key.lastIndexOf('.');
        String record = dot < 0 ? key : Pattern.quote(key.substring(0, dot) + ": " + key.substring(dot + 1));
        return problem.replaceFirst("^" + record + "(?![\\w.-])", Matcher.quoteReplacement(option))
                .replaceAll(
                        "(?<![\\w.-])" + Pattern.quote(key) + "(?![\\w-]|\\.\\w)", Matcher.quoteReplacement(option));
    }
}
