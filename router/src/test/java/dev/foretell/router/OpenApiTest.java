package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.OwnVersion;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.router.Description.Operation;
import dev.foretell.router.http.edge.Access;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The description of the API leaves nothing out and makes nothing up. */
class OpenApiTest {
    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with();

    /** {@code GET /livez} and the like, parameters without their names. */
    private static String url(Operation operation) {
        return operation.method() + " " + operation.path().replaceAll("\\{[a-z]+}", "*");
    }

    @Test
    void itIsValid() {
        assertThat(new OpenAPIV3Parser()
                        .readContents(LIVE.get("/openapi.yaml").body())
                        .getMessages())
                .isEmpty();
    }

    @Test
    void itsVersionIsThatOfAllElse() {
        assertThat(Description.root().at("/info/version").asText())
                .isEqualTo(OwnVersion.TEXT)
                .isEqualTo(LIVE.get("/v2").json().path("version").asText());
    }

    @Test
    void everyRouteIsDescribedAndEveryDescriptionIsServed() {
        List<String> described =
                Description.operations().stream().map(OpenApiTest::url).toList();

        assertThat(described).allMatch(url -> LIVE.served().containsKey(url.replace("HEAD ", "GET ")));
        assertThat(described).containsAll(LIVE.served().keySet());
    }

    @Test
    void whatIsNotForEverybodySaysSo() {
        for (Operation operation : Description.operations()) {
            String url = url(operation).replace("HEAD ", "GET ");
            boolean predicts = url.startsWith("POST /v1/*_model/") || url.startsWith("PUT /v1/*_model/");
            JsonNode answers = operation.description().path("responses");

            assertThat(answers.has("401") && answers.has("403"))
                    .as(url)
                    .isEqualTo(predicts || LIVE.served().get(url) != Access.OPEN);
        }
    }

    @Test
    void itsExamplesAreTakenAndItsNamesAreOurs() {
        JsonNode schemas = Description.root().path("components").path("schemas");
        JsonNode map = Description.root()
                .at("/paths/~1v1~1model_workers_map/put/requestBody/content/application~1json/example");

        assertThat(RoutingMap.parse(map.toString().getBytes(StandardCharsets.UTF_8))
                        .models())
                .containsKey(new ModelKey("AI", "fib"));
        assertThat(Pattern.matches(schemas.at("/Name/pattern").asText(), "simple_example"))
                .isTrue();
        assertThat(schemas.at("/Worker/properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("host", "port", "local_worker_id", "function", "weight", "lease_ms");
    }
}
