package dev.foretell.router.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes SHA-256 digests of streams. */
final class Digests {
    private Digests() {}

    /** Copies the whole stream; returns its length and digest. */
    static Manifest.Content copy(InputStream from, OutputStream to) throws IOException {
        MessageDigest digest = sha256();
        long bytes = new DigestInputStream(from, digest).transferTo(to);
        return new Manifest.Content(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    static Manifest.Content of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return copy(in, OutputStream.nullOutputStream());
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
