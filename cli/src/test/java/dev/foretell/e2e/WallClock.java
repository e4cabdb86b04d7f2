package dev.foretell.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A wall clock that processes of this test have instead of the machine's, and that jumps when it is told to, while their monotonic
 * clock goes on: by libfaketime, where the machine has it.
 */
final class WallClock {
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    private final Path offset;

    /** One that is right; its offset is kept in that file. */
    WallClock(Path offset) {
        this.offset = offset;
        jumpTo("+0");
    }

    /** Whether this machine has the library. */
    static boolean canBeSet() {
        return library().isPresent();
    }

    private static Optional<Path> library() {
        return Stream.of("/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/lib/" + System.getProperty("os.arch"))
                .map(Path::of)
                .flatMap(folder -> Stream.concat(Stream.of(folder), foldersIn(folder)))
                .map(folder -> folder.resolve(LIBRARY))
                .filter(Files::isReadable)
                .findFirst();
    }

    /** Such as {@code x86_64-linux-gnu}. */
    private static Stream<Path> foldersIn(Path folder) {
        try (Stream<Path> found = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            return found.filter(Files::isDirectory).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What gives a process, and what it starts, this clock. What the library calls a fix ends every wait of a newer Java at once.
     */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library().orElseThrow().toString(),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** @param difference to the machine's, as in {@code +3d} or {@code -1h} */
    void jumpTo(String difference) {
        try {
            Path draft = offset.resolveSibling("offset.new");
            Files.writeString(draft, difference + "\n");
            Files.move(draft, offset, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
