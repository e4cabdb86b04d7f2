package dev.foretell.cli.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A process that another is not taken for: one that has its pid later has started later.
 *
 * @param started milliseconds since 1970; 0 where this machine does not tell
 */
record KnownProcess(long pid, long started) {
    static KnownProcess of(ProcessHandle handle) {
        return new KnownProcess(handle.pid(), startOf(handle));
    }

    /** As it stands in a file: an object with a field for each of its own. */
    static KnownProcess read(JsonNode written) {
        return new KnownProcess(
                written.path("pid").asLong(), written.path("started").asLong());
    }

    /** It, if it lives. */
    Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(handle -> startOf(handle) == started);
    }

    private static long startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
