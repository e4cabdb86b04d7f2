package dev.foretell.router.http.reference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code openapi.yaml} as a tree. */
record ApiDescription(JsonNode root) {
    private static final int MAX_ALIASES = 1000;

    /** One method of one path. */
    record Operation(String method, String path, JsonNode description) {
        String id() {
            return description.path("operationId").asText();
        }

        String tag() {
            return description.path("tags").path(0).asText();
        }
    }

    static ApiDescription read() {
        try (InputStream in = Objects.requireNonNull(ApiDescription.class.getResourceAsStream("/openapi.yaml"))) {
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(MAX_ALIASES);
            return new ApiDescription(Json.MAPPER.valueToTree(new Yaml(new SafeConstructor(options)).load(in)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The operations with this tag, in the order of the file. */
    List<Operation> operations(String tag) {
        List<Operation> operations = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    Operation operation =
                            new Operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue());
                    if (operation.tag().equals(tag)) {
                        operations.add(operation);
                    }
                }));
        return operations;
    }

    /** What {@code $ref} stands for, or the node itself. */
    JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : root.at(reference.substring(1));
    }
}
