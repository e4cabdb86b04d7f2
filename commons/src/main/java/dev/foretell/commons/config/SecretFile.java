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

/** A file that holds one secret, and maybe a line's end. */
public final class SecretFile {
    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
    private static final int MAX_BYTES = 64 * 1024;

    private SecretFile() {}

    /**
     * Reads it; logs a warning if everybody on the machine may.
     *
     * @throws IllegalArgumentException saying what is wrong with it, and nothing of what it holds
     */
    public static String read(String path) {
        try {
            return read(Path.of(path));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("is no name of a file", e);
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
