package dev.foretell.cli.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * Identifies a process: a later process with the same pid has a later start time.
 *
 * @param started milliseconds since 1970; 0 if unknown
 */
record KnownProcess(long pid, long started) {
    static KnownProcess of(ProcessHandle handle) {
        return new KnownProcess(handle.pid(), startOf(handle));
    }

    /** The form in a file: an object with a field for each component. */
    static KnownProcess read(JsonNode written) {
        return new KnownProcess(
                written.path("pid").asLong(), written.path("started").asLong());
    }

    /** The process, if it is alive. */
    Optional<ProcessHandle> alive() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(handle -> startOf(handle) == started);
    }

    private static long startOf(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
