package dev.foretell.router.backup;

import dev.foretell.commons.json.Json;
import dev.foretell.router.store.StoredKey;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a backup: a zip file with the state, the model files, and finally the manifest. */
final class Archive {
    private final ZipOutputStream zip;
    private final Map<String, Manifest.Content> written = new TreeMap<>();

    Archive(OutputStream out) {
        zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED);
    }

    void state(List<StoredKey> state) throws IOException {
        zip.putNextEntry(new ZipEntry(Manifest.STATE));
        MessageDigest digest = Digests.sha256();
        Counted counted = new Counted(new DigestOutputStream(zip, digest));
        StateLines.write(state, counted);
        zip.closeEntry();
        written.put(
                Manifest.STATE,
                new Manifest.Content(counted.bytes, HexFormat.of().formatHex(digest.digest())));
    }

    void model(Path file, String digest) throws IOException {
        String name = Manifest.MODELS + digest;
        zip.putNextEntry(new ZipEntry(name));
        try (InputStream in = Files.newInputStream(file)) {
            written.put(name, Digests.copy(in, zip));
        }
        zip.closeEntry();
    }

    void manifest(String created, Summary summary, List<String> missing) throws IOException {
        zip.putNextEntry(new ZipEntry(Manifest.ENTRY));
        zip.write(Json.write(new Manifest(Manifest.FORMAT, created, summary, written, missing)));
        zip.closeEntry();
    }

    void finish() throws IOException {
        zip.finish();
        zip.flush();
    }

    /** Counts the bytes that are written. */
    private static final class Counted extends FilterOutputStream {
        private long bytes;

        private Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            bytes++;
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
            bytes += length;
        }
    }
}
