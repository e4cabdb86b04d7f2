package dev.foretell.cli.client;

import dev.foretell.cli.terminal.Unreadable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.LongConsumer;

/** A file as the body of a request, read as fast as it is sent. */
public final class FileUpload implements BodyPublisher {
    /** For the inspection of the file. */
    private static final Duration BASE = Duration.ofMinutes(2);
    /** A slower connection counts as dead. */
    private static final long BYTES_PER_SECOND = 100_000;

    private final BodyPublisher content;
    private final String mediaType;
    private final LongConsumer progress;

    private FileUpload(BodyPublisher content, String mediaType, LongConsumer progress) {
        this.content = content;
        this.mediaType = mediaType;
        this.progress = progress;
    }

    /** The file as the body, with a media type. */
    public static FileUpload of(Path file, String mediaType, LongConsumer progress) {
        return new FileUpload(content(file), mediaType, progress);
    }

    /**
     * The file as the body; with fields, as the last part of a form, because URLs have a limited length.
     *
     * @param fields the parameters by name
     * @param progress called with the number of bytes sent, on another thread
     * @throws dev.foretell.cli.terminal.CommandFailure if the file does not exist
     */
    public static FileUpload of(Path file, Map<String, String> fields, LongConsumer progress) {
        if (fields.isEmpty()) {
            return of(file, "application/octet-stream", progress);
        }
        String boundary = "foretell-" + UUID.randomUUID();
        StringBuilder before = new StringBuilder();
        fields.forEach((name, value) ->
                before.append(part(boundary, name, "")).append(value).append("\r\n"));
        before.append(part(boundary, "file", "; filename=\"" + nameOf(file) + '"'));
        BodyPublisher form = BodyPublishers.concat(
                BodyPublishers.ofString(before.toString()),
                content(file),
                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
        return new FileUpload(form, "multipart/form-data; boundary=" + boundary, progress);
    }

    private static String part(String boundary, String name, String more) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + '"' + more + "\r\n\r\n";
    }

    /** Removes characters that would end the name or the line. */
    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName()).replaceAll("[\"\\p{Cntrl}]", "");
    }

    private static BodyPublisher content(Path file) {
        if (Files.isDirectory(file)) {
            throw Unreadable.file(file, new IOException());
        }
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw Unreadable.file(file, e);
        }
    }

    String mediaType() {
        return mediaType;
    }

    @Override
    public long contentLength() {
        return content.contentLength();
    }

    /** The maximum time for the whole upload. */
    public Duration patience() {
        return patience(contentLength());
    }

    /** The maximum time for this number of bytes. */
    public static Duration patience(long bytes) {
        return BASE.plusSeconds(bytes / BYTES_PER_SECOND);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> connection) {
        content.subscribe(new Counted(connection));
    }

    /** Passes everything on and counts it. Called by one thread at a time. */
    private final class Counted implements Subscriber<ByteBuffer> {
        private final Subscriber<? super ByteBuffer> connection;
        private long sent;

        private Counted(Subscriber<? super ByteBuffer> connection) {
            this.connection = connection;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            connection.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            sent += piece.remaining();
            progress.accept(sent);
            connection.onNext(piece);
        }

        @Override
        public void onError(Throwable failure) {
            connection.onError(failure);
        }

        @Override
        public void onComplete() {
            connection.onComplete();
        }
    }
}
