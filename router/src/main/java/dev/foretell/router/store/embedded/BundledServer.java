package dev.foretell.router.store.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** The Redis servers that ship with the router, as resources of the {@code embedded-redis} jar; best first. */
enum BundledServer {
    LINUX_X86_64(
            "redis-server-6.2.6-v5-linux-amd64",
            "1f716094e08a25faee2bc7626feb9e13464ed89018ac5c376c5e9cff06bdcf52",
            "linux",
            Set.of("amd64", "x86_64")),
    /** Statically linked, so it runs if the first one lacks a library (OpenSSL 3, glibc 2.34); holds 3 GB at most. */
    LINUX_386(
            "redis-server-6.2.7-linux-386",
            "7439d339751e396cef7205a3169c96f1c53661f65d473b8d086e2d1826f48145",
            "linux",
            Set.of("amd64", "x86_64", "x86", "i386")),
    LINUX_ARM64(
            "redis-server-6.2.7-linux-arm64",
            "036a23aa65bfb31d2a048aa96c170b38c2fbd4f1de68ef0f9c3133dd4b1474cd",
            "linux",
            Set.of("aarch64", "arm64")),
    MAC_ARM64(
            "redis-server-6.2.6-v5-darwin-arm64",
            "c523aec5a9b6f565cff0271ef67f5c51fa83e1180e3e954ab5251b3cf6282b76",
            "mac",
            Set.of("aarch64", "arm64")),
    MAC_X86_64(
            "redis-server-6.2.6-v5-darwin-amd64",
            "7a4eb450d90a6ce9a2c651cfc4a0613b980a270c6426cbb6fa42d6c3beec9ce8",
            "mac",
            Set.of("amd64", "x86_64"));

    private final String resource;
    private final String sha256;
    private final String system;
    private final Set<String> architectures;

    BundledServer(String resource, String sha256, String system, Set<String> architectures) {
        this.resource = resource;
        this.sha256 = sha256;
        this.system = system;
        this.architectures = architectures;
    }

    /** The servers that may run here, by {@code os.name} and {@code os.arch}. */
    static List<BundledServer> forSystem(String name, String architecture) {
        return Arrays.stream(values())
                .filter(server -> name.toLowerCase(Locale.ROOT).startsWith(server.system))
                .filter(server -> server.architectures.contains(architecture))
                .toList();
    }

    /** The server as a file in the given folder; written there the first time. */
    Path extractTo(Path folder) throws IOException {
        Path program = folder.resolve(resource + "-" + sha256.substring(0, 16));
        if (!Files.isExecutable(program)) {
            Files.createDirectories(folder);
            extract(program);
        }
        return program;
    }

    private void extract(Path program) throws IOException {
        Path draft = Files.createTempFile(program.getParent(), "redis-server", ".new");
        try (InputStream packed = Objects.requireNonNull(BundledServer.class.getResourceAsStream("/" + resource));
                DigestInputStream digested = new DigestInputStream(packed, sha256())) {
            Files.copy(digested, draft, StandardCopyOption.REPLACE_EXISTING);
            String found = HexFormat.of().formatHex(digested.getMessageDigest().digest());
            if (!found.equals(sha256)) {
                throw new IOException("its SHA-256 is " + found + ", not " + sha256);
            }
            if (!draft.toFile().setExecutable(true)) {
                throw new IOException("it cannot be made executable");
            }
            Files.move(draft, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "bundled " + resource;
    }
}
