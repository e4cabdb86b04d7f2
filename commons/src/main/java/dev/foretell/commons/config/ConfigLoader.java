package dev.foretell.commons.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads a configuration record. A flag overrides the {@code FORETELL_*} environment, the environment overrides the YAML
 * file, and the file overrides the defaults in the record. Keys are the record's components in kebab-case. An unknown
 * key is an error, and all errors are reported together. {@code ${ENV:NAME}} in a value stands for that environment
 * variable; an unset variable is an error. A {@link Secret} can come from a file, named by the same key with the suffix
 * {@code -file}. An {@link Inline} group has no key.
 *
 * <p>The environment variable of {@code http.max-body-bytes} is {@code FORETELL_HTTP_MAX_BODY_BYTES}.
 */
public final class ConfigLoader {
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{ENV:([A-Za-z_][A-Za-z0-9_]*)}");
    private static final String VARIABLE = "FORETELL_";
    /** The maximum length of a routing map. YAML takes about a second to parse for each megabyte. */
    private static final int MAX_FILE_BYTES = 1024 * 1024;

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    private ConfigLoader(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Loads a configuration.
     *
     * @param defaults a record of records; settings without a value elsewhere keep its values
     * @param yaml the text of the file, empty if there is no file
     * @param environment the process's environment
     * @param flags values by dotted key, such as {@code http.port}; they have the highest precedence
     * @throws ConfigException with every problem
     */
    public static <T extends Record> T load(
            T defaults, String yaml, Map<String, String> environment, Map<String, String> flags) {
        return load(defaults, yaml, environment, flags, name -> true);
    }

    /**
     * Like the other {@code load}, but an unknown environment variable that starts with {@code FORETELL_} is an error
     * too.
     *
     * @param others whether a variable has a meaning elsewhere
     */
    public static <T extends Record> T load(
            T defaults,
            String yaml,
            Map<String, String> environment,
            Map<String, String> flags,
            Predicate<String> others) {
        ConfigLoader loader = new ConfigLoader(environment);
        ObjectNode tree = loader.parse(yaml);
        Set<String> names = variables(defaults);
        environment.keySet().stream()
                .filter(name -> name.startsWith(VARIABLE) && !names.contains(name) && !others.test(name))
                .sorted()
                .forEach(name -> loader.problems.add(
                        "environment variable " + name + ": there is no such setting" + NearestNames.of(name, names)));
        Map<String, String> variables = new LinkedHashMap<>();
        settings(defaults).forEach(key -> putIfSet(variables, key, environment.get(variable(key))));
        Secrets secrets = new Secrets(defaults);
        for (Map<String, String> stronger : List.of(variables, flags)) {
            secrets.forgetOverridden(tree, stronger);
            stronger.forEach((key, value) -> SettingsTree.put(tree, key, value));
        }
        loader.substitute(tree);
        secrets.read(tree, loader.problems);
        T config = new RecordBinder(loader.problems).bind("", tree, defaults);
        if (!loader.problems.isEmpty()) {
            throw new ConfigException(loader.problems);
        }
        return config;
    }

    /** The environment variables that set a setting. */
    public static Set<String> variables(Record defaults) {
        return settings(defaults).stream().map(ConfigLoader::variable).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The keys of all settings, including the files of secrets. */
    public static List<String> settings(Record defaults) {
        List<String> keys = new ArrayList<>(RecordComponents.describe(defaults).keySet());
        keys.addAll(new Secrets(defaults).fileKeys());
        return keys;
    }

    /** The keys of all {@link Secret} settings, whose values are never shown. */
    public static Set<String> secrets(Record defaults) {
        return new Secrets(defaults).keys();
    }

    private static void putIfSet(Map<String, String> settings, String key, @Nullable String value) {
        if (value != null) {
            settings.put(key, value);
        }
    }

    /** The environment variable of a setting. */
    public static String variable(String key) {
        return VARIABLE + key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /** Reads a file for {@link #load}. */
    public static String read(Path file) {
        try {
            return SmallFile.read(file, MAX_FILE_BYTES);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(List.of(String.valueOf(e.getMessage())));
        } catch (CharacterCodingException e) {
            throw new ConfigException(List.of(file + " is not a text in UTF-8"));
        } catch (NoSuchFileException e) {
            throw new ConfigException(List.of("cannot read " + file + ": there is no such file"));
        } catch (IOException e) {
            throw new ConfigException(List.of("cannot read " + file));
        }
    }

    /** Like {@link #read}, but the file must not be empty. */
    public static String readFilled(Path file) {
        String text = read(file);
        if (text.isBlank()) {
            throw new ConfigException(List.of(file + " is empty"));
        }
        return text;
    }

    /** Every setting with its value, flat: {@code http.port} to {@code 8000}. */
    public static Map<String, String> describe(Record config) {
        return RecordComponents.describe(config);
    }

    /**
     * A configuration with the settings of {@code next}, except the ones that stay.
     *
     * @param stays whether the setting with this dotted key keeps its current value
     * @throws ConfigException if the combination is invalid
     */
    public static <T extends Record> T merge(T now, T next, Predicate<String> stays) {
        List<String> problems = new ArrayList<>();
        T merged = new RecordBinder(problems).merge("", now, next, stays);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return merged;
    }

    private ObjectNode parse(String yaml) {
        try {
            JsonNode tree = SettingsYaml.read(yaml);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            if (tree != null && !tree.isMissingNode() && !tree.isNull()) {
                problems.add("the file must hold settings like 'http:' and below it '  port: 8000'");
            }
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        } catch (StreamConstraintsException e) {
            problems.add("the file is nested too deeply, or a name or number in it is too long");
        } catch (JsonProcessingException e) {
            problems.add("the file is not YAML: " + YamlWords.of(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Json.MAPPER.createObjectNode();
    }

    private void substitute(ObjectNode tree) {
        for (Map.Entry<String, JsonNode> entry : List.copyOf(tree.properties())) {
            tree.set(entry.getKey(), substitute(entry.getValue()));
        }
    }

    private JsonNode substitute(JsonNode value) {
        if (value instanceof ObjectNode object) {
            substitute(object);
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, substitute(array.get(i)));
            }
        }
        return value.isTextual() ? TextNode.valueOf(substitute(value.textValue())) : value;
    }

    private String substitute(String text) {
        return SUBSTITUTION.matcher(text).replaceAll(match -> {
            String value = environment.get(match.group(1));
            if (value == null) {
                problems.add("environment variable " + match.group(1) + " is not set");
            }
            return Matcher.quoteReplacement(value == null ? "" : value);
        });
    }
}
