package dev.foretell.cli.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code router.json} in the data folder: which background router runs there. A router writes it once it listens, and
 * deletes it when it ends; one that was killed leaves it behind.
 */
public final class RunFile {
    private final Path path;

    private RunFile(Path path) {
        this.path = path;
    }

    public static RunFile in(Path data) {
        return new RunFile(data.resolve("router.json"));
    }

    /** Says that this very program listens at a URL. All of it appears at once. */
    public void write(String url) {
        ProcessHandle self = ProcessHandle.current();
        Map<String, Object> content =
                Map.of("pid", self.pid(), "started", millis(self).orElse(0), "url", url);
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Path draft = path.resolveSibling("router.json.new");
            Files.write(draft, Json.write(content));
            Files.move(draft, path, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw CommandFailure.failed("cannot write " + path + ": " + e.getMessage());
        }
    }

    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw CommandFailure.failed("cannot delete " + path + ": " + e.getMessage());
        }
    }

    /** The router it tells of, if that still runs: another program may have its pid by now, but not its start time. */
    public Optional<Daemon> running() {
        return read().flatMap(content -> ProcessHandle.of(content.path("pid").asLong())
                .filter(ProcessHandle::isAlive)
                .filter(handle ->
                        millis(handle).orElse(0) == content.path("started").asLong())
                .map(handle -> new Daemon(handle, content.path("url").asText())));
    }

    private Optional<JsonNode> read() {
        try {
            return Optional.of(Json.readTree(Files.readAllBytes(path)));
        } catch (IOException | ServingException e) {
            return Optional.empty();
        }
    }

    private static OptionalLong millis(ProcessHandle handle) {
        return handle.info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
