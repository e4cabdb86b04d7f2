package dev.foretell.worker.http;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.edge.BodyRoom;
import dev.foretell.edge.FormEnd;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.UploadedFile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@code multipart/form-data} body; its files are on disk until the end of the call. Confined to its event loop.
 */
final class Form {
    private static final Logger LOG = LoggerFactory.getLogger(Form.class);

    /** Form decoders put this in place of bytes that are not UTF-8. */
    private static final char REPLACED = '\uFFFD';

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Path folder;
    private final int limit;
    private final BodyRoom room;
    private final long timeoutMs;
    private final Map<String, UploadedFile> files = new HashMap<>();
    private final List<UploadedFile> onDisk = new ArrayList<>();
    private final List<HttpServerFileUpload> uploads = new ArrayList<>();
    private final List<Future<Void>> saving = new ArrayList<>();
    private final FormEnd end;
    private final Promise<CallBody> promise = Promise.promise();
    private long taken;
    private long timer = -1;

    Form(Vertx vertx, HttpServerRequest request, Path folder, HttpConfig config) {
        this.vertx = vertx;
        this.request = request;
        this.folder = folder;
        this.end = new FormEnd(request.getHeader(HttpHeaders.CONTENT_TYPE));
        this.limit = config.bodies().maxBodyBytes();
        this.room = BodyReader.room(request, limit);
        this.timeoutMs = config.bodies().bodyTimeout().toMillis();
    }

    /**
     * Starts reading.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} if its Content-Type has no boundary
     */
    void start() {
        try {
            request.setExpectMultipart(true);
        } catch (RuntimeException e) {
            throw new ServingException(
                    FailureKind.MALFORMED, "the form's Content-Type names no boundary between its parts", e);
        }
        request.uploadHandler(this::save);
        request.handler(this::count);
        request.exceptionHandler(this::fail);
        timer = vertx.setTimer(timeoutMs, late -> promise.tryFail(BodyReader.tooSlow()));
        request.endHandler(all -> onEnd());
    }

    Future<CallBody> body() {
        return promise.future();
    }

    private void save(HttpServerFileUpload upload) {
        Path path = folder.resolve(UUID.randomUUID().toString());
        UploadedFile file = new UploadedFile(path);
        onDisk.add(file);
        files.put(upload.name(), file);
        uploads.add(upload);
        saving.add(upload.streamToFileSystem(path.toString()));
    }

    private void fail(Throwable cause) {
        refuse("the form breaks off, or one of its parts has no Content-Disposition with a name", cause);
    }

    private void onEnd() {
        if (end.isNested()) {
            refuse("a part of the form is a form itself (multipart/mixed): send its parts directly", null);
        } else if (!end.hasCome()) {
            refuse("the form breaks off before its last boundary, which must be on its own line", null);
        }
        Future.all(saving).onSuccess(all -> finish()).onFailure(promise::tryFail);
    }

    private void refuse(String why, @Nullable Throwable cause) {
        promise.tryFail(ServingException.of(cause, FailureKind.MALFORMED, why));
        uploads.forEach(Form::abandon);
    }

    /** A truncated file never ends; the files before it do. */
    private static void abandon(HttpServerFileUpload upload) {
        try {
            upload.cancelStreamToFileSystem();
        } catch (IllegalStateException e) {
            LOG.debug("the file has been written", e);
        }
    }

    private void count(Buffer chunk) {
        end.add(chunk);
        taken += chunk.length();
        if (taken > limit) {
            promise.tryFail(BodyReader.tooLarge(limit));
        } else if (!room.fits(taken)) {
            promise.tryFail(BodyReader.noRoom());
        }
    }

    private void finish() {
        Map<String, String> fields = new HashMap<>();
        for (Map.Entry<String, String> field : request.formAttributes()) {
            if (field.getKey().indexOf(REPLACED) >= 0 || field.getValue().indexOf(REPLACED) >= 0) {
                promise.tryFail(new ServingException(FailureKind.MALFORMED, "a form's fields must be UTF-8"));
                return;
            }
            fields.put(field.getKey(), field.getValue());
        }
        promise.tryComplete(CallBody.ofForm(fields, files));
    }

    /** Deletes the files once they are written. */
    void close() {
        vertx.cancelTimer(timer);
        Future.join(saving)
                .onComplete(written -> vertx.executeBlocking(this::delete, false)
                        .onFailure(e -> LOG.warn("uploaded files could not be deleted", e)));
    }

    private Void delete() throws Exception {
        for (UploadedFile file : onDisk) {
            file.close();
        }
        return null;
    }
}
