package dev.foretell.router.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** Each changing request of the API is told in words. */
class WriteWordsTest {
    private static final List<String> CHANGING = List.of("post", "put", "patch", "delete");

    static Stream<String> writes() throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(1000);
        try (InputStream in = Objects.requireNonNull(WriteWordsTest.class.getResourceAsStream("/openapi.yaml"))) {
            JsonNode paths = Json.MAPPER.valueToTree(new Yaml(options).load(in)).path("paths");
            return paths.properties().stream()
                    .filter(path -> path.getKey().startsWith("/v1/"))
                    .filter(path -> !path.getKey().endsWith("/predict"))
                    .filter(path -> !path.getKey().startsWith("/v1/trainers/")) // these are not recorded
                    .flatMap(path -> CHANGING.stream()
                            .filter(path.getValue()::has)
                            .map(method -> method.toUpperCase(Locale.ROOT) + " "
                                    + path.getKey().replaceAll("\\{\\w+}", "x")))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    void saysWhatARequestChanges(String write) {
        String[] request = write.split(" ");

        assertThat(WriteWords.of(request[0], request[1])).doesNotContain(write);
    }
}
