package dev.foretell.router.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secret that a caller who may change things sends: {@code Authorization: Bearer …} (RFC 6750). Told to nobody. */
final class Token {
    private static final String SCHEME = "bearer ";

    private final byte[] secret;

    private Token(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The one that is set, or stands in the file; empty where none is.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Optional<Token> of(@Nullable String direct, @Nullable Path file) {
        if (direct != null && file != null) {
            throw new IllegalArgumentException("only one of token and token-file may be set");
        }
        if (direct == null && file == null) {
            return Optional.empty();
        }
        String secret = file == null ? String.valueOf(direct) : read(file);
        if (secret.length() < 8 || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("the token must be 8 or more visible characters");
        }
        return Optional.of(new Token(secret));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException("token-file cannot be read", e);
        }
    }

    /** Whether the request has it; takes as long whatever it has instead. */
    boolean isIn(HttpServerRequest request) {
        String given = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (given == null || !given.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        byte[] sent = given.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(secret, sent);
    }
}
