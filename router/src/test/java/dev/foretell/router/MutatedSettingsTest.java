package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.foretell.commons.config.ConfigException;
import dev.foretell.commons.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever stands in a file of settings: it is loaded, or refused in sentences. */
class MutatedSettingsTest {
    private static final String SHIPPED = ConfigLoader.read(Path.of("..", "conf", "router.yaml"));
    private static final String ODD_CHARACTERS = " :-{}[]#'\"&*!|>%@`\t\n\0\u00e9\ufeff,?$~<=\\";
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final List<String> ODD_VALUES = List.of(
            "",
            "~",
            "-1",
            "0",
            "2147483648",
            "9223372036854775807",
            "1e400",
            "0.1",
            ".nan",
            "yes",
            "0s",
            "-1s",
            "99999999999999999s",
            "9223372036854775807ms",
            "1d",
            "10MB",
            "'\\0'",
            "[]",
            "{a: 1}",
            "${ENV:NOT_THERE}",
            "\"${ENV:PATH}\"",
            "http://[::1",
            "*nowhere",
            "!!odd {}");

    private static void loadOrRefuse(String yaml) {
        try {
            ConfigLoader.load(RouterConfig.defaults(), yaml, Map.of("PATH", "/bin"), Map.of());
        } catch (ConfigException refused) {
            assertThat(refused.getMessage())
                    .as(yaml)
                    .isNotBlank()
                    .doesNotContain("Exception", "java.", "fasterxml", "null pointer");
        }
    }

    static Set<String> settings() {
        return ConfigLoader.describe(RouterConfig.defaults()).keySet();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void anyValueOfASetting(String key) {
        for (String value : ODD_VALUES) {
            StringBuilder yaml = new StringBuilder();
            String indent = "";
            for (String step : key.split("\\.")) {
                yaml.append(yaml.isEmpty() ? "" : "\n")
                        .append(indent)
                        .append(step)
                        .append(':');
                indent += "  ";
            }
            loadOrRefuse(yaml.append(' ').append(value).append('\n').toString());
        }
    }

    @Test
    void groupsThatAreNone() throws IOException {
        ObjectNode shipped = (ObjectNode) YAML.readTree(SHIPPED);
        List<String> groups = new ArrayList<>();
        shipped.fieldNames().forEachRemaining(groups::add);

        for (String group : groups) {
            for (String value : ODD_VALUES) {
                loadOrRefuse(group + ": " + value + "\n");
            }
        }
    }

    @Test
    void theShippedFileWithSomethingWrong() {
        Random random = new Random(49);
        for (int turn = 0; turn < 300; turn++) {
            StringBuilder yaml = new StringBuilder(SHIPPED);
            for (int mutations = 1 + random.nextInt(4); mutations > 0; mutations--) {
                mutate(yaml, random);
            }
            loadOrRefuse(yaml.toString());
        }
    }

    private static void mutate(StringBuilder yaml, Random random) {
        int at = random.nextInt(yaml.length());
        int end = Math.min(yaml.length(), at + 1 + random.nextInt(40));
        switch (random.nextInt(4)) {
            case 0 -> yaml.delete(at, end);
            case 1 -> yaml.insert(at, ODD_CHARACTERS.charAt(random.nextInt(ODD_CHARACTERS.length())));
            case 2 -> yaml.insert(at, yaml.substring(at, end));
            default -> yaml.insert(at, ODD_VALUES.get(random.nextInt(ODD_VALUES.size())));
        }
        if (yaml.isEmpty()) {
            yaml.append(' ');
        }
    }

    static Stream<String> files() {
        return Stream.of(
                "\0",
                "a: &a [*a]",
                "- ".repeat(20_000),
                "{".repeat(20_000),
                "http: ".repeat(3000),
                "a: &a [1,1]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n",
                "--- {}\n--- {}",
                "%YAML 9.9\n---\nhttp: {}",
                "\ufeffhttp: {port: 1}",
                "http: {port: 1}\nhttp: {port: 2}",
                "7",
                "'x'",
                "? {a: b}\n: c",
                "<<: {http: {port: 1}}");
    }

    @ParameterizedTest
    @MethodSource("files")
    void filesThatAreHardlyYaml(String file) {
        loadOrRefuse(file);
    }
}
