package dev.foretell.commons.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file with one secret, optionally followed by a line break. */
public final class SecretFile {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
    private static final int MAX_BYTES = 64 * 1024;

    private SecretFile() {}

    /**
     * Reads the secret. Logs a warning if every user of the machine can read the file.
     *
     * @throws IllegalArgumentException with the problem, without the file's content
     */
    public static String read(String path) {
        try {
            return read(Path.of(path));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is not a file name", e);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file " + path, e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(path + " is not a text", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(path + " cannot be read", e);
        }
    }

    private static String read(Path file) throws IOException {
        String secret = SmallFile.read(file, MAX_BYTES).strip();
        if (secret.isEmpty()) {
            throw new IllegalArgumentException(file + " is empty");
        }
        if (secret.lines().count() > 1) {
            throw new IllegalArgumentException(file + " holds more than one line");
        }
        warnIfOpen(file);
        return secret;
    }

    private static void warnIfOpen(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            LOG.warn("{} holds a secret, and everybody on this machine may read it: chmod o-r {}", file, file);
        }
    }
}
