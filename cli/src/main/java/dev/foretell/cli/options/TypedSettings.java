package dev.foretell.cli.options;

import dev.foretell.commons.config.ConfigException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings from a command line with the options that set them, so that an error names the option that the user typed.
 */
public final class TypedSettings {
    private final Map<String, String> values;
    private final Map<String, String> options = new LinkedHashMap<>();

    /** @param set the settings of {@code --set}, by key */
    public TypedSettings(Map<String, String> set) {
        this.values = new LinkedHashMap<>(set);
    }

    /** Sets the value of an option, if it was given. */
    public void put(String key, String option, @Nullable Object value) {
        if (value != null) {
            values.put(key, value.toString());
            options.put(key, option);
        }
    }

    /** The settings by key; mutable. */
    public Map<String, String> values() {
        return values;
    }

    /** @throws ConfigException like {@code loading}, with the names of the options */
    public <T> T load(Function<Map<String, String>, T> loading) {
        try {
            return loading.apply(values);
        } catch (ConfigException e) {
            throw e.withWords(this::byOptions);
        }
    }

    private String byOptions(String problem) {
        String words = problem;
        for (Map.Entry<String, String> option : options.entrySet()) {
            words = byOption(words, option.getKey(), option.getValue());
        }
        return words;
    }

    /** An error names a setting as {@code http.port}, or as {@code http: port} if its record checks it. */
    private static String byOption(String problem, String key, String option) {
        int dot = key.lastIndexOf('.');
        String record = dot < 0 ? key : Pattern.quote(key.substring(0, dot) + ": " + key.substring(dot + 1));
        return problem.replaceFirst("^" + record + "(?![\\w.-])", Matcher.quoteReplacement(option))
                .replaceAll(
                        "(?<![\\w.-])" + Pattern.quote(key) + "(?![\\w-]|\\.\\w)", Matcher.quoteReplacement(option));
    }
}
