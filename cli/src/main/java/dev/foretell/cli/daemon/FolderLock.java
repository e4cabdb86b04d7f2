package dev.foretell.cli.daemon;

import dev.foretell.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * An operating-system lock on a file, from {@link #take} to {@link #close} or to the end of this program, however it
 * ends. A copy of the file is not locked.
 */
final class FolderLock implements AutoCloseable {
    /** Other processes test the lock for a moment and hold it meanwhile. */
    private static final int TRIES = 100;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Empty if another program holds it. */
    static Optional<FolderLock> take(Path file) throws IOException, InterruptedException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        for (int i = 0; i < TRIES; i++) {
            if (channel.tryLock() != null) {
                return Optional.of(new FolderLock(channel));
            }
            Thread.sleep(BETWEEN_TRIES.toMillis());
        }
        channel.close();
        return Optional.empty();
    }

    /** Whether a program holds the lock of an existing file. */
    static boolean isTaken(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            return free == null;
        } catch (OverlappingFileLockException ownRouter) {
            return true;
        } catch (IOException e) {
            throw CommandFailure.of("cannot see whether " + file + " is locked: " + e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
