package dev.foretell.cli.daemon;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code router.json} in the data folder: the background router of the folder. A router claims it before it starts,
 * writes it once it listens, and deletes it when it ends. A killed router leaves it behind, and a copy of the folder
 * has it too. So it counts only while its router lives and holds the claim, an operating-system lock that no copy has.
 */
public final class RunFile implements AutoCloseable {
    private static final String CLAIM = "daemon.lock";

    /** The claim of the embedded state, the only one of older routers. */
    private static final String OLD_CLAIM = "router.lock";

    /** @param keeper left out where nothing starts the router again */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Content(
            @JsonUnwrapped KnownProcess router,
            String url,
            @Nullable KnownProcess keeper,
            String claim) {}

    private final Path path;

    /** While this program holds it; confined to the thread that claims it, like the next field. */
    private @Nullable FolderLock claim;

    private @Nullable ProcessHandle ownKeeper;

    private RunFile(Path path) {
        this.path = path;
    }

    public static RunFile in(Path data) {
        return new RunFile(data.resolve("router.json"));
    }

    /**
     * Marks this program as the background router of the folder until it ends or {@link #close}.
     *
     * @param keeper the process that started it and restarts it after a crash, if any
     */
    public void claim(@Nullable ProcessHandle keeper) throws InterruptedException {
        ownKeeper = keeper;
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            claim = lock();
            if (keeper == null || keeper().filter(keeper::equals).isEmpty()) {
                Files.deleteIfExists(path); // until it is written again, it names the keeper
            }
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.of("the data folder " + path.getParent() + " is a file; name a folder with --data");
        } catch (IOException e) {
            throw CommandFailure.of("cannot write " + path + ": " + e.getMessage());
        }
    }

    private FolderLock lock() throws IOException, InterruptedException {
        return FolderLock.take(path.resolveSibling(CLAIM))
                .orElseThrow(() -> CommandFailure.of("another router runs in the background with this folder, by "
                        + path.resolveSibling(CLAIM) + "; stop that one, or name another folder with --data"));
    }

    /** Writes that this program listens at a URL; atomic. */
    public void write(String url) {
        KnownProcess self = KnownProcess.of(ProcessHandle.current());
        KnownProcess keeper = ownKeeper == null ? null : KnownProcess.of(ownKeeper);
        try {
            Content content = new Content(self, url, keeper, claimIdentity());
            Path draft = path.resolveSibling("router.json.new");
            Files.write(draft, Json.write(content));
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw CommandFailure.of("cannot write " + path + ": " + e.getMessage());
        }
    }

    public void delete() {
        try {
            if (Files.exists(path)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw CommandFailure.of("cannot delete " + path + ": " + e.getMessage());
        }
    }

    /** The running router of this very folder. */
    public Optional<Daemon> findRunning() {
        return readDaemon().filter(daemon -> isClaimed());
    }

    /** Why no running router is known, for people. */
    public String absence() {
        return keeper().map(
                        keeper -> "the router of this folder has ended; process " + keeper.pid() + " starts it again")
                .orElseGet(this::absenceForGood);
    }

    private String absenceForGood() {
        return "no router of this folder runs in the background (by " + path + ")"
                + readDaemon()
                        .map(daemon ->
                                "; process " + daemon.pid() + " is a router of the folder that this one is a copy of")
                        .orElse("");
    }

    /** The router in the file, if it still runs. */
    private Optional<Daemon> readDaemon() {
        return read().flatMap(content -> KnownProcess.read(content)
                .alive()
                .map(handle -> new Daemon(handle, content.path("url").asText(), keeper(content))));
    }

    /** The process that is about to restart the router of this folder. */
    public Optional<ProcessHandle> keeper() {
        return read().flatMap(this::keeper);
    }

    /** No copy has a claim in the same file. */
    private Optional<ProcessHandle> keeper(JsonNode content) {
        try {
            return content.path("claim").asText().equals(claimIdentity())
                    ? KnownProcess.read(content.path("keeper")).alive()
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The file system's identity of the claim; empty if it has none. */
    private String claimIdentity() throws IOException {
        Object key = Files.readAttributes(path.resolveSibling(CLAIM), BasicFileAttributes.class)
                .fileKey();
        return key == null ? "" : key.toString();
    }

    private boolean isClaimed() {
        Path ours = path.resolveSibling(CLAIM);
        Path old = path.resolveSibling(OLD_CLAIM);
        return Files.exists(ours) ? FolderLock.isTaken(ours) : !Files.exists(old) || FolderLock.isTaken(old);
    }

    private Optional<JsonNode> read() {
        try {
            return Optional.of(Json.readTree(Files.readAllBytes(path)));
        } catch (IOException | ServingException e) {
            return Optional.empty();
        }
    }

    /** Deletes the file and releases the claim. */
    @Override
    public void close() {
        delete();
        try {
            if (claim != null) {
                claim.close();
            }
        } catch (IOException e) {
            throw CommandFailure.of("cannot close " + path.resolveSibling(CLAIM) + ": " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
