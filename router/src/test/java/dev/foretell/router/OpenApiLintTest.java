package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.Description.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that the description of the API keeps beyond being valid. */
class OpenApiLintTest {
    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern ANCHOR = Pattern.compile("&(\\w+)(?=\\s)");
    private static final int MAX_SUMMARY = 90;

    static List<Operation> operations() {
        return Description.operations();
    }

    private static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Set<String> keys(JsonNode object) {
        Set<String> keys = new TreeSet<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anOperationHasAnIdASummaryAndOneTagThatIsDescribed(Operation operation) {
        Set<String> tags = items(Description.root().path("tags"))
                .map(tag -> tag.path("name").asText())
                .collect(Collectors.toSet());
        String summary = operation.description().path("summary").asText();

        assertThat(operation.id()).matches("[a-z][A-Za-z0-9]*");
        assertThat(summary).isNotBlank().hasSizeLessThan(MAX_SUMMARY).doesNotEndWith(".");
        assertThat(summary.charAt(0)).isUpperCase();
        assertThat(operation.description().path("tags")).hasSize(1);
        assertThat(tags).contains(operation.description().at("/tags/0").asText());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void itsParametersAreThoseOfItsPathOrExplained(Operation operation) {
        List<JsonNode> parameters = items(operation.description().path("parameters"))
                .map(Description::resolve)
                .toList();
        Set<String> ofPath = parameters.stream()
                .filter(parameter -> parameter.path("in").asText().equals("path"))
                .map(parameter -> parameter.path("name").asText())
                .collect(Collectors.toSet());

        assertThat(ofPath)
                .isEqualTo(PATH_PARAMETER
                        .matcher(operation.path())
                        .results()
                        .map(name -> name.group(1))
                        .collect(Collectors.toSet()));
        assertThat(parameters).allSatisfy(parameter -> {
            assertThat(parameter.path("schema").isObject()).isTrue();
            if (parameter.path("in").asText().equals("path")) {
                assertThat(parameter.path("required").asBoolean()).isTrue();
            } else {
                assertThat(parameter.path("description").asText())
                        .as("of " + parameter)
                        .isNotBlank();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("operations")
    void itsResponsesAreExplainedTheCallersMistakesAmongThem(Operation operation) {
        JsonNode responses = operation.description().path("responses");

        assertThat(keys(responses)).anyMatch(status -> status.startsWith("4"));
        assertThat(responses.properties())
                .allSatisfy(response -> assertThat(Description.resolve(response.getValue())
                                .path("description")
                                .asText())
                        .as(response.getKey())
                        .isNotBlank());
    }

    @Test
    void idsAreUniqueAndTagsAreUsed() {
        assertThat(operations().stream().map(Operation::id)).doesNotHaveDuplicates();
        assertThat(operations().stream()
                        .map(operation -> operation.description().at("/tags/0").asText()))
                .containsAll(items(Description.root().path("tags"))
                        .map(tag -> tag.path("name").asText())
                        .toList());
        assertThat(items(Description.root().path("tags"))
                        .map(tag -> tag.path("description").asText()))
                .noneMatch(String::isBlank);
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryComponentIsReferredTo() {
        Set<String> references = new HashSet<>();
        Description.root().findValues("$ref").forEach(reference -> references.add(reference.asText()));
        JsonNode components = Description.root().path("components");
        Set<String> described = new HashSet<>();
        for (String kind : List.of("schemas", "responses", "parameters")) {
            keys(components.path(kind)).forEach(name -> described.add("#/components/" + kind + "/" + name));
        }

        assertThat(references).containsExactlyInAnyOrderElementsOf(described);
        assertThat(keys(components)).containsExactlyInAnyOrder("schemas", "responses", "parameters", "securitySchemes");
        assertThat(Description.root().path("security").findValues("token")).isNotEmpty();
    }

    /** YAML allows it, but widespread parsers refuse the file. */
    @Test
    void noAnchorIsSetTwice() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/openapi.yaml"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(ANCHOR.matcher(text).results().map(MatchResult::group))
                    .hasSizeGreaterThan(10)
                    .doesNotHaveDuplicates();
        }
    }
}
