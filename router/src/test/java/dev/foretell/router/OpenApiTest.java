package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.router.http.Access;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** The description of the API leaves nothing out and makes nothing up. */
class OpenApiTest {
    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with();

    private static JsonNode description() throws IOException {
        try (InputStream in = Objects.requireNonNull(OpenApiTest.class.getResourceAsStream("/openapi.yaml"))) {
            return new YAMLMapper().readTree(in);
        }
    }

    /** {@code GET /livez} and the like, parameters without their names; HEAD is wherever GET is. */
    private static Set<String> described() throws IOException {
        Set<String> described = new TreeSet<>();
        description()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT) + " "
                                + path.getKey().replaceAll("\\{[a-z]+}", "*"))));
        return described;
    }

    @Test
    void everyRouteIsDescribedAndEveryDescriptionIsServed() throws IOException {
        assertThat(described()).allMatch(url -> LIVE.served().containsKey(url.replace("HEAD ", "GET ")));
        assertThat(described()).containsAll(LIVE.served().keySet());
    }

    /** Jackson leaves aliases as they are; SnakeYAML, below it, does not. */
    @Test
    @SuppressWarnings("unchecked")
    void whatIsNotForEverybodySaysSo() throws IOException {
        Map<String, Map<String, Map<String, Map<String, ?>>>> paths;
        try (InputStream in = Objects.requireNonNull(OpenApiTest.class.getResourceAsStream("/openapi.yaml"))) {
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(1000);
            Map<String, Object> description = new Yaml(options).load(in);
            paths = (Map<String, Map<String, Map<String, Map<String, ?>>>>) Objects.requireNonNull(
                    description.get("paths"));
        }

        paths.forEach((path, methods) -> methods.forEach((method, operation) -> {
            String url =
                    method.replace("head", "get").toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{[a-z]+}", "*");
            boolean predicts = url.startsWith("POST /v1/*_model/") || url.startsWith("PUT /v1/*_model/");

            assertThat(operation.get("responses").keySet().containsAll(Set.of("401", "403")))
                    .as(url)
                    .isEqualTo(predicts || LIVE.served().get(url) != Access.OPEN);
        }));
    }

    @Test
    void itsExamplesAreTakenAndItsNamesAreOurs() throws IOException {
        JsonNode schemas = description().path("components").path("schemas");
        JsonNode map =
                description().at("/paths/~1v1~1model_workers_map/put/requestBody/content/application~1json/example");

        assertThat(RoutingMap.parse(map.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .models())
                .containsKey(new ModelKey("AI", "fib"));
        assertThat(Pattern.matches(schemas.at("/Name/pattern").asText(), "simple_example"))
                .isTrue();
        assertThat(schemas.at("/Worker/properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("host", "port", "local_worker_id", "function", "weight", "lease_ms");
    }
}
