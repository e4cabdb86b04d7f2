package dev.foretell.worker.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Reads {@code multipart/form-data} bodies. Their files are in a folder of this worker. */
final class FormReader implements AutoCloseable {
    private final Vertx vertx;
    private final HttpConfig config;
    private final Path folder;

    FormReader(Vertx vertx, HttpConfig config) {
        this.vertx = vertx;
        this.config = config;
        try {
            this.folder = Files.createTempDirectory("foretell-worker-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean accepts(HttpServerRequest request) {
        String mediaType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return mediaType != null && mediaType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    Form start(HttpServerRequest request) {
        Form form = new Form(vertx, request, folder, config);
        form.start();
        return form;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder);
    }
}
