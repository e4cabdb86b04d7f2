package dev.foretell.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A token in a file of one line, read again whenever the file has changed. Thread-safe. */
final class TokenFile implements Supplier<String> {
    private static final int LONGEST = 16 * 1024;

    private final Path file;
    private volatile @Nullable Content last;

    private record Content(String token, FileTime at) {}

    TokenFile(Path file) {
        this.file = file;
    }

    @Override
    public String get() {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            Content known = last;
            if (known == null || !known.at.equals(changed)) {
                known = new Content(read(), changed);
                last = known;
            }
            return known.token;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the token file " + file, e);
        }
    }

    private String read() throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IOException("it has more than " + LONGEST + " bytes");
        }
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }
}
