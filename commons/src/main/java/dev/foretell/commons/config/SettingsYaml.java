package dev.foretell.commons.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;

/** YAML as settings are written in it: files, and single values. */
final class SettingsYaml {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SettingsYaml() {}

    /** Reads a file of one document. The parser would ignore every document but the first. */
    static JsonNode read(String yaml) throws IOException {
        try (JsonParser documents = YAML.createParser(yaml)) {
            JsonNode first = YAML.readTree(documents);
            if (documents.nextToken() != null) {
                throw new IllegalArgumentException(
                        "the file holds more than one YAML document: remove what follows '---'");
            }
            return first == null ? MissingNode.getInstance() : first;
        }
    }

    /** Reads a list or a map that is given as text, as on the command line: {@code [AI/fib]}. */
    static JsonNode readStructure(JsonNode value) {
        String text = value.isTextual() ? value.textValue().strip() : "";
        if (!text.startsWith("[") && !text.startsWith("{")) {
            return value;
        }
        try {
            return YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("must be a list or a map like [a, b] or {a: 1}, not '" + text + "'", e);
        }
    }
}
