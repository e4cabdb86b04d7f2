package dev.foretell.commons.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of Foretell, from its build. */
public final class OwnVersion {
    public static final String TEXT = read();

    private OwnVersion() {}

    private static String read() {
        try (InputStream in = Objects.requireNonNull(OwnVersion.class.getResourceAsStream("/foretell-version"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
