package dev.foretell.cli.tasks;

import java.util.Map;
import java.util.regex.Pattern;

/** The options of {@code tasks run} by the fields of an order, which a router's refusal names. */
final class FlagNames {
    private static final Map<String, String> FLAGS = Map.ofEntries(
            Map.entry("limits.time_ms", "--time in milliseconds"),
            Map.entry("limits.memory_mb", "--memory in MiB"),
            Map.entry("parameters.target", "--target"),
            Map.entry("parameters.keep", "--keep"),
            Map.entry("parameters.algorithm", "--algorithm"),
            Map.entry("parameters.engine", "--engine"),
            Map.entry("parameters.master", "--master"),
            Map.entry("parameters.seed", "--seed"),
            Map.entry("parameters.folds", "--folds"),
            Map.entry("parameters.separator", "--separator"),
            Map.entry("parameters.categories", "--category"),
            Map.entry("parameters.ignore", "--ignore"),
            Map.entry("serve.model", "--serve"),
            Map.entry("serve.as", "--as"),
            Map.entry("serve.weight", "--weight"),
            Map.entry("serve.if-better-on", "--if-better-on"),
            Map.entry("serve.ensemble", "--ensemble"));
    private static final Pattern FIELD = Pattern.compile("\\b(limits|parameters|serve)[.][a-z_-]+");

    private FlagNames() {}

    /** The same sentences, with the options in the place of the fields. */
    static String in(String refusal) {
        return FIELD.matcher(refusal).replaceAll(field -> FLAGS.getOrDefault(field.group(), field.group()));
    }
}
