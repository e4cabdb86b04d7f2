package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** {@code openapi.yaml}, and whether an answer is as it says. */
final class Description {
    private static final JsonNode ROOT = read();
    private static final List<Operation> OPERATIONS = ROOT.path("paths").properties().stream()
            .flatMap(path -> path.getValue().properties().stream()
                    .map(method ->
                            new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue())))
            .toList();

    private Description() {}

    /** As the router serves it, aliases in their places. */
    private static JsonNode read() {
        try (InputStream in = Objects.requireNonNull(Description.class.getResourceAsStream("/openapi.yaml"))) {
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(1000);
            return Json.MAPPER.valueToTree(new Yaml(options).load(in));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode root() {
        return ROOT;
    }

    static List<Operation> operations() {
        return OPERATIONS;
    }

    /** What it says of such a request; a path without a parameter goes before one with. */
    private static Stream<Operation> of(String method, String path) {
        return OPERATIONS.stream()
                .filter(operation -> operation.method().equals(method) && operation.isAt(path))
                .sorted((a, b) ->
                        Boolean.compare(a.path().contains("{"), b.path().contains("{")))
                .limit(1);
    }

    /** That an answer to this request has a status and a type that are described; requests that no operation takes may get any. */
    static void check(String method, String url, int status, String type, String body) {
        of(method, url.replaceFirst("\\?.*", "")).forEach(operation -> operation.check(url, status, type, body));
    }

    private static Set<String> keys(JsonNode node) {
        Set<String> keys = new TreeSet<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** What {@code $ref} stands for. */
    static JsonNode resolve(JsonNode node) {
        String ref = node.path("$ref").asText();
        return ref.isEmpty() ? node : ROOT.at(ref.substring(1));
    }

    /** One method of one path. */
    record Operation(String method, String path, JsonNode description) {
        /** Where a step is {@code ..}, however it is written, it is at none. */
        boolean isAt(String asked) {
            return Pattern.matches(path.replaceAll("\\{[a-z]+}", "(?![.]|%2e)[^/]+"), asked);
        }

        String id() {
            return description.path("operationId").asText();
        }

        /** The media type of the body that {@link #body} is. */
        String type() {
            return keys(description.at("/requestBody/content")).stream()
                    .findFirst()
                    .map(type -> type.equals("multipart/form-data") ? type + "; boundary=x" : type)
                    .orElse("text/plain");
        }

        /** A body that it takes: the example in JSON, a file, or a form with one; empty where it takes none. */
        String body() {
            return switch (type()) {
                case "application/json" ->
                    description
                            .at("/requestBody/content/application~1json/example")
                            .toString();
                case "application/octet-stream" -> "a file";
                case "multipart/form-data; boundary=x" ->
                    "--x\r\nContent-Disposition: form-data; name=\"path\"; filename=\"a.onnx\"\r\n\r\na file\r\n--x--\r\n";
                default -> "";
            };
        }

        /** The query by its parameters' examples. */
        String query() {
            return StreamSupport.stream(description.path("parameters").spliterator(), false)
                    .map(Description::resolve)
                    .filter(parameter -> parameter.path("in").asText().equals("query") && parameter.has("example"))
                    .map(parameter -> parameter.path("name").asText() + "="
                            + parameter.path("example").asText())
                    .collect(Collectors.joining("&", "?", ""));
        }

        void check(String url, int status, String type, String body) {
            String what = method + " " + url + ": " + status + " " + type + " " + body;
            JsonNode answers = description.path("responses");
            String range = status / 100 + "XX";
            assertThat(keys(answers)).as(what).containsAnyOf(Integer.toString(status), range);
            JsonNode content = resolve(
                            answers.path(answers.has(Integer.toString(status)) ? Integer.toString(status) : range))
                    .path("content");
            if (!method.equals("HEAD") && !body.isEmpty()) {
                assertThat(keys(content)).as(what).containsAnyOf(type.replaceFirst(" *[;,].*", ""), "*/*");
            }
        }
    }
}
