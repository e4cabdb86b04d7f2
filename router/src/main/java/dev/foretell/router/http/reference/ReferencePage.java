package dev.foretell.router.http.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.http.reference.ApiDescription.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The page with all operations, by their tags, and all schemas. */
final class ReferencePage {
    private final ApiDescription api;
    private final StringBuilder page = new StringBuilder();

    ReferencePage(ApiDescription api) {
        this.api = api;
    }

    String html() {
        JsonNode info = api.root().path("info");
        String title = info.path("title").asText();
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>")
                .append(Html.escape(title))
                .append(": reference</title>\n<link rel=\"stylesheet\" href=\"ui/reference.css\">\n</head>\n<body>\n");
        page.append("<header><h1>")
                .append(Html.escape(title))
                .append(" <small>")
                .append(Html.escape(info.path("version").asText()))
                .append("</small></h1>\n")
                .append(Html.paragraph(info.path("description").asText()))
                .append("<p>For programs: <a href=\"openapi.yaml\">openapi.yaml</a>.</p></header>\n");
        contents();
        page.append("<main>\n");
        api.root().path("tags").forEach(this::addTag);
        page.append("<section><h2 id=\"schemas\">Schemas</h2>\n");
        api.root()
                .at("/components/schemas")
                .properties()
                .forEach(schema -> addSchema(schema.getKey(), schema.getValue()));
        return page.append("</section>\n</main>\n</body>\n</html>\n").toString();
    }

    private void contents() {
        page.append("<nav aria-label=\"Contents\"><ul>\n");
        api.root().path("tags").forEach(tag -> link("tag-" + name(tag), name(tag)));
        link("schemas", "schemas");
        page.append("</ul></nav>\n");
    }

    private void link(String anchor, String text) {
        page.append("<li><a href=\"#")
                .append(Html.escape(anchor))
                .append("\">")
                .append(Html.escape(text))
                .append("</a></li>\n");
    }

    private static String name(JsonNode tag) {
        return tag.path("name").asText();
    }

    private void addTag(JsonNode tag) {
        page.append("<section><h2 id=\"tag-")
                .append(Html.escape(name(tag)))
                .append("\">")
                .append(Html.escape(name(tag)))
                .append("</h2>\n")
                .append(Html.paragraph(tag.path("description").asText()));
        api.operations(name(tag)).forEach(this::addOperation);
        page.append("</section>\n");
    }

    private void addOperation(Operation operation) {
        JsonNode description = operation.description();
        page.append("<article id=\"")
                .append(Html.escape(operation.id()))
                .append("\">\n<h3>")
                .append(Html.escape(description.path("summary").asText()))
                .append("</h3>\n<p class=\"call\"><b>")
                .append(Html.escape(operation.method()))
                .append("</b> ")
                .append(Html.code(operation.path()))
                .append("</p>\n")
                .append(Html.paragraph(description.path("description").asText()));
        page.append(Html.table(
                "Parameters", List.of("name", "in", "value", "meaning"), parameters(description.path("parameters"))));
        page.append(
                Html.table("Body", List.of("media type", "value"), contents(description.at("/requestBody/content"))));
        page.append(Html.table(
                "Responses", List.of("status", "meaning", "body"), responses(description.path("responses"))));
        page.append("</article>\n");
    }

    private List<List<String>> parameters(JsonNode parameters) {
        return StreamSupport.stream(parameters.spliterator(), false)
                .map(api::resolve)
                .map(parameter -> List.of(
                        Html.code(parameter.path("name").asText()),
                        Html.escape(parameter.path("in").asText()),
                        SchemaText.of(parameter.path("schema")),
                        Html.escape(parameter.path("description").asText())))
                .toList();
    }

    private static List<List<String>> contents(JsonNode contents) {
        return contents.properties().stream()
                .map(content -> List.of(Html.code(content.getKey()), value(content.getValue())))
                .toList();
    }

    private static String value(JsonNode content) {
        String schema = content.has("schema") ? SchemaText.of(content.path("schema")) : "";
        return schema
                + (content.has("example")
                        ? "<pre>" + Html.escape(content.path("example").toString()) + "</pre>"
                        : "");
    }

    private List<List<String>> responses(JsonNode responses) {
        List<List<String>> rows = new ArrayList<>();
        responses.properties().forEach(response -> {
            JsonNode described = api.resolve(response.getValue());
            rows.add(List.of(
                    Html.code(response.getKey()),
                    Html.escape(described.path("description").asText()) + headers(described.path("headers")),
                    contents(described.path("content")).stream()
                            .map(content -> String.join(" ", content))
                            .collect(Collectors.joining("<br>"))));
        });
        return rows;
    }

    private static String headers(JsonNode headers) {
        return headers.properties().stream()
                .map(header -> "<br>" + Html.code(header.getKey()) + ": "
                        + Html.escape(header.getValue().path("description").asText()))
                .collect(Collectors.joining());
    }

    private void addSchema(String name, JsonNode schema) {
        page.append("<article id=\"")
                .append(Html.escape(SchemaText.anchor(name)))
                .append("\">\n<h3>")
                .append(Html.escape(name))
                .append("</h3>\n")
                .append(Html.paragraph(schema.path("description").asText()));
        if (schema.path("properties").isEmpty()) {
            page.append("<p>").append(SchemaText.of(schema)).append("</p>\n");
        }
        page.append(Html.table("Fields", List.of("name", "value", "meaning"), fields(schema)));
        page.append("</article>\n");
    }

    private static List<List<String>> fields(JsonNode schema) {
        List<String> required = StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return schema.path("properties").properties().stream()
                .map(field -> List.of(
                        Html.code(field.getKey()) + (required.contains(field.getKey()) ? " (required)" : ""),
                        SchemaText.of(field.getValue()),
                        Html.escape(field.getValue().path("description").asText())))
                .toList();
    }
}
