package dev.foretell.cli.client;

import dev.foretell.cli.terminal.CommandFailure;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.function.LongConsumer;

/** A file as the body of a request, read as fast as it goes out. */
public final class FileUpload implements BodyPublisher {
    /** For a router that looks at the file. */
    private static final Duration BASE = Duration.ofMinutes(2);
    /** Slower than this is taken for a line that is dead. */
    private static final long BYTES_PER_SECOND = 100_000;

    private final BodyPublisher content;
    private final LongConsumer progress;

    /**
     * @param progress told how many bytes have gone out, on another thread
     * @throws CommandFailure if there is no such file
     */
    public FileUpload(Path file, LongConsumer progress) {
        try {
            this.content = BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw CommandFailure.usage("cannot read " + file);
        }
        this.progress = progress;
    }

    @Override
    public long contentLength() {
        return content.contentLength();
    }

    /** How long all of it may take. */
    public Duration patience() {
        return patience(contentLength());
    }

    /** How long so many bytes may take. */
    public static Duration patience(long bytes) {
        return BASE.plusSeconds(bytes / BYTES_PER_SECOND);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> connection) {
        content.subscribe(new Counted(connection));
    }

    /** Passes everything on, and counts. Called by one thread at a time. */
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
