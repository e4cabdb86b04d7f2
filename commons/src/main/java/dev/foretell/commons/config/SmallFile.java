package dev.foretell.commons.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads text files with settings. A reload reads them again, so they must be regular files: a pipe would block it, and
 * a device might never end.
 */
final class SmallFile {
    private SmallFile() {}

    /**
     * Reads a file, whatever length the file system reports.
     *
     * @throws NoSuchFileException if the file does not exist
     * @throws java.nio.charset.CharacterCodingException if it is not UTF-8
     * @throws IllegalArgumentException if it is not a regular file, or longer than {@code maxBytes}
     */
    static String read(Path file, int maxBytes) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is a folder, not a file");
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + " is a pipe or a device, not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IllegalArgumentException(file + " is longer than " + maxBytes + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }
}
