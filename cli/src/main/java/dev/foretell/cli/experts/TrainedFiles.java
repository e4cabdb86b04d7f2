package dev.foretell.cli.experts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Which model file each expert has answered with after its last training; kept in a file for the next command. */
final class TrainedFiles {
    private final Path folder;
    private final Path file;

    /** @param data the folder of the command's data */
    TrainedFiles(Path data) {
        this.folder = data.resolve("experts");
        this.file = folder.resolve("trained.json");
    }

    Map<String, String> read() {
        Map<String, String> names = new TreeMap<>();
        if (Files.exists(file)) {
            parse().properties()
                    .forEach(one -> names.put(one.getKey(), one.getValue().asText()));
        }
        return names;
    }

    private JsonNode parse() {
        try {
            return Json.readTree(Files.readAllBytes(file));
        } catch (IOException | ServingException e) {
            throw CommandFailure.of(file + " cannot be read; train the experts again, or delete it");
        }
    }

    /** Adds what the experts have answered; those that did not keep their earlier ones. */
    void add(Map<String, JsonNode> answers) {
        Map<String, String> names = read();
        answers.forEach((id, answer) -> names.put(id, answer.path("filename").asText()));
        try {
            Files.createDirectories(folder);
            Files.write(file, Json.write(names));
        } catch (IOException e) {
            throw CommandFailure.of(file + " cannot be written: " + e.getMessage());
        }
    }
}
