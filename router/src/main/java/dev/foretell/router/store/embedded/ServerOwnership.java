package dev.foretell.router.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Checks that a Redis server belongs to a data folder. Neither its pid nor its password proves that, because a copy of
 * the folder has the same ones. A server works in its folder, and the system identifies that folder by more than its
 * name.
 */
final class ServerOwnership {
    private static final Path OWN_CWD = Path.of("/proc/self/cwd");

    private ServerOwnership() {}

    /** The process of the folder's pid file, if it is alive and may belong to this folder. */
    static Optional<ProcessHandle> process(Path folder) {
        return pid(folder.resolve(DataFolder.PID))
                .flatMap(ProcessHandle::of)
                .filter(ProcessHandle::isAlive)
                .filter(process -> !Files.exists(OWN_CWD) || isFolder("/proc/" + process.pid() + "/cwd", folder));
    }

    private static Optional<Long> pid(Path file) {
        try {
            String pid = Files.readString(file).strip();
            return pid.matches("\\d{1,10}") ? Optional.of(Long.valueOf(pid)) : Optional.empty();
        } catch (IOException nobodyWroteIt) {
            return Optional.empty();
        }
    }

    /** Whether the server at the other end is that process and works in this folder. */
    static boolean isOf(LoopbackRedis redis, ProcessHandle process, Path folder) throws IOException {
        return redis.processId() == process.pid() && isFolder(redis.directory(), folder);
    }

    private static boolean isFolder(String path, Path folder) {
        try {
            return Files.isSameFile(Path.of(path), folder);
        } catch (IOException | InvalidPathException elsewhere) {
            return false;
        }
    }
}
