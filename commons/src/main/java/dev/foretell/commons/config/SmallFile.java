package dev.foretell.commons.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Text files that settings come from. They are read again at a reload: a pipe would hold that up, a device might never end. */
final class SmallFile {
    private SmallFile() {}

    /**
     * Reads one, whatever its length says.
     *
     * @throws NoSuchFileException if there is none
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
