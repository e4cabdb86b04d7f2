package dev.foretell.router.backup;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A backup or restore is not possible; the message explains why. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackupException(String message) {
        super(message, null, false, false);
    }

    /** Describes an I/O error of a file. */
    static BackupException onDisk(String deed, Path file, IOException e) {
        String reason = e instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(e.getMessage());
        return new BackupException("cannot " + deed + " " + file + ": " + reason);
    }
}
