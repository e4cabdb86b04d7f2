package dev.foretell.router.models.files;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one stream to a file, piece by piece: it requests the next piece while it writes the last one. Used once, on
 * one event loop.
 */
final class FileSink {
    private static final Logger LOG = LoggerFactory.getLogger(FileSink.class);
    private static final Duration MAX_SILENCE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final ReadStream<Buffer> body;
    private final Path file;
    private final long maxBytes;
    private final MessageDigest sha256 = sha256();
    private final Promise<String> done = Promise.promise();
    private @Nullable FileChannel channel;
    private Future<?> written = Future.succeededFuture();
    private long bytes;
    private long watch = -1;

    private FileSink(Vertx vertx, ReadStream<Buffer> body, Path file, long maxBytes) {
        this.vertx = vertx;
        this.body = body;
        this.file = file;
        this.maxBytes = maxBytes;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Detects from now on whether the stream breaks off; does not read yet. */
    static FileSink of(Vertx vertx, ReadStream<Buffer> body, Path file, long maxBytes) {
        FileSink intake = new FileSink(vertx, body, file, maxBytes);
        body.handler(intake::piece).endHandler(end -> intake.finish()).exceptionHandler(intake::onBreak);
        return intake;
    }

    /** The digest, once the whole stream is on disk. If this fails, the file is left unfinished. */
    Future<String> run() {
        if (!done.future().isComplete()) {
            written = runBlocking(
                    () -> channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
            written.onSuccess(open -> next());
        }
        return done.future().eventually(this::close);
    }

    private interface Step {
        void run() throws IOException;
    }

    private Future<Void> runBlocking(Step step) {
        Future<Void> stepped = written.compose(before -> vertx.executeBlocking(
                () -> {
                    step.run();
                    return null;
                },
                false));
        return stepped.onFailure(failure -> fail(failure instanceof IOException e ? onDisk(e) : failure));
    }

    private void next() {
        vertx.cancelTimer(watch);
        watch = vertx.setTimer(
                MAX_SILENCE.toMillis(),
                silent -> fail(new ServingException(FailureKind.REQUEST_TIMEOUT, "the file did not arrive in time")));
        body.fetch(1);
    }

    private void piece(Buffer piece) {
        bytes += piece.length();
        if (done.future().isComplete()) {
            body.fetch(1);
        } else if (bytes > maxBytes) {
            fail(tooLarge(maxBytes));
            body.fetch(1);
        } else {
            byte[] content = piece.getBytes();
            written = runBlocking(() -> write(content));
            written.onSuccess(v -> next());
        }
    }

    static ServingException tooLarge(long maxBytes) {
        return new ServingException(
                FailureKind.PAYLOAD_TOO_LARGE, "the file is longer than " + maxBytes + " bytes, the maximum");
    }

    private void write(byte[] content) throws IOException {
        sha256.update(content);
        ByteBuffer left = ByteBuffer.wrap(content);
        onto(channel -> {
            while (left.hasRemaining()) {
                channel.write(left);
            }
        });
    }

    private interface Writing {
        void to(FileChannel channel) throws IOException;
    }

    /**
     * If the disk refuses a write, there is no room: the disk is full or a quota is used up. The system explains it
     * only in its own language.
     */
    private void onto(Writing writing) throws IOException {
        FileChannel open = open();
        try {
            writing.to(open);
        } catch (IOException e) {
            LOG.warn("The disk refuses to store {}: {}", file, e.getMessage());
            throw noRoom(e);
        }
    }

    private FileChannel open() throws IOException {
        if (channel == null) {
            throw new IOException("not open");
        }
        return channel;
    }

    private void finish() {
        if (done.future().isComplete()) {
            return;
        }
        written = runBlocking(() -> onto(channel -> channel.force(true)));
        written.onSuccess(v -> done.tryComplete(HexFormat.of().formatHex(sha256.digest())));
    }

    long bytes() {
        return bytes;
    }

    private void onBreak(Throwable cause) {
        fail(ServingException.of(cause, FailureKind.MALFORMED, "the file breaks off"));
    }

    /** Discards the rest of the stream. */
    void fail(Throwable failure) {
        if (done.tryFail(failure)) {
            body.fetch(1);
        }
    }

    private Future<Void> close() {
        vertx.cancelTimer(watch);
        return written.transform(last -> vertx.executeBlocking(
                () -> {
                    if (channel != null) {
                        channel.close();
                    }
                    return null;
                },
                false));
    }

    /** Any other file error is our own fault, unless its message says otherwise. */
    static Throwable onDisk(IOException failure) {
        String given = String.valueOf(failure.getMessage());
        return given.contains("No space left") || given.contains("quota") ? noRoom(failure) : failure;
    }

    private static ServingException noRoom(IOException cause) {
        return new ServingException(
                FailureKind.INSUFFICIENT_STORAGE, "there is no room for the file on the router's disk", cause);
    }
}
