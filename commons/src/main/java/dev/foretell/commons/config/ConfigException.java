package dev.foretell.commons.config;

import java.util.List;
import java.util.function.UnaryOperator;

/** A configuration with errors; the message lists all of them. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ConfigException(List<String> problems) {
        super("configuration:\n  " + String.join("\n  ", problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    /** The same problems in other words. */
    public ConfigException withWords(UnaryOperator<String> words) {
        return new ConfigException(problems.stream().map(words).toList());
    }

    public List<String> problems() {
        return problems;
    }
}
