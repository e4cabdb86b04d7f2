package dev.foretell.worker.function;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A file of a form, on disk until the end of the call. Closing it closes its streams and deletes it. */
public final class UploadedFile implements AutoCloseable {
    private final Path path;
    private final List<InputStream> opened = new CopyOnWriteArrayList<>();

    public UploadedFile(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    public byte[] bytes() {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InputStream open() {
        try {
            InputStream stream = Files.newInputStream(path);
            opened.add(stream);
            return stream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (InputStream stream : opened) {
            stream.close();
        }
        Files.deleteIfExists(path);
    }
}
