package dev.foretell.router.http.models;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.edge.FormEnd;
import dev.foretell.router.http.message.ContentEncodingCheck;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the file in an upload: the body itself, or the first file of a form. */
public final class UploadForm {
    /** Maximum length of all fields of a form together: samples, labels, descriptions. */
    private static final int MAX_FIELD_BYTES = 1 << 20;

    /** The fields of a form, and the heads of its parts. */
    private static final long MAX_AROUND_FILE = 2L * MAX_FIELD_BYTES;

    private static final long MAX_SECONDS_READ_ON = 5;

    private UploadForm() {}

    /**
     * Passes the file on as it arrives.
     *
     * @param requireFits refuses a file by its announced length, before anything is read; of a form, by the form's length without what
     *     its fields may take
     * @param take gets the paused file and the form's fields, which are complete when the file is; it must read the
     *     file
     * @return the result of {@code take}; {@link FailureKind#INVALID_INPUT} if a form has no file, {@link
     *     FailureKind#MALFORMED} if it is invalid, {@link FailureKind#UNSUPPORTED_MEDIA_TYPE} if it is compressed
     */
    public static <T> Future<T> read(
            HttpServerRequest request,
            LongConsumer requireFits,
            BiFunction<ReadStream<Buffer>, Supplier<MultiMap>, Future<T>> take) {
        Future<T> taken = Future.succeededFuture(request).compose(whole -> {
            requireFits.accept(announcedLength(whole));
            return file(whole, take);
        });
        if (!taken.failed() && request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            request.response().writeContinue();
        }
        return taken.onFailure(failure -> discardRest(request));
    }

    private static <T> Future<T> file(
            HttpServerRequest request, BiFunction<ReadStream<Buffer>, Supplier<MultiMap>, Future<T>> take) {
        ContentEncodingCheck.require(request);
        return isForm(request) ? ofForm(request, take) : ofBody(request, take);
    }

    private static <T> Future<T> ofBody(
            HttpServerRequest request, BiFunction<ReadStream<Buffer>, Supplier<MultiMap>, Future<T>> take) {
        request.pause();
        return take(take, request, MultiMap::caseInsensitiveMultiMap);
    }

    /** An exception fails the future, so that all parts of the file are deleted. */
    private static <T> Future<T> take(
            BiFunction<ReadStream<Buffer>, Supplier<MultiMap>, Future<T>> take,
            ReadStream<Buffer> file,
            Supplier<MultiMap> fields) {
        return Future.succeededFuture(file).compose(whole -> take.apply(whole, fields));
    }

    private static <T> Future<T> ofForm(
            HttpServerRequest request, BiFunction<ReadStream<Buffer>, Supplier<MultiMap>, Future<T>> take) {
        Promise<T> outcome = Promise.promise();
        Promise<Void> whole = Promise.promise();
        FirstFile first = new FirstFile();
        FormEnd formEnd = new FormEnd(request.getHeader(HttpHeaders.CONTENT_TYPE));
        FormFields kept = new FormFields(request, MAX_FIELD_BYTES);
        expectForm(request);
        request.uploadHandler(upload -> {
            if (first.isTaken()) {
                upload.handler(ignored -> kept.ofFile(ignored.length()));
                return;
            }
            first.take();
            upload.pause();
            Supplier<MultiMap> fields = () -> fields(request, upload);
            take(take, new AfterForm(upload, whole.future(), kept), fields)
                    .onSuccess(outcome::tryComplete)
                    .onFailure(failure -> discard(upload, kept))
                    .onFailure(outcome::tryFail);
        });
        Consumer<@Nullable Throwable> breakOff = cause -> {
            String why = fault(formEnd, cause);
            ServingException failure = ServingException.of(cause, FailureKind.MALFORMED, why);
            whole.tryFail(failure);
            outcome.tryFail(failure);
        };
        request.exceptionHandler(breakOff::accept);
        request.handler(piece -> {
            formEnd.add(piece);
            kept.read(piece.length());
            try {
                kept.require();
            } catch (ServingException e) {
                breakOff.accept(e);
            }
        });
        request.endHandler(end -> {
            if (!formEnd.hasCome() || formEnd.isNested()) {
                breakOff.accept(null);
            }
            whole.tryComplete();
            if (!first.isTaken()) {
                outcome.tryFail(new ServingException(
                        FailureKind.INVALID_INPUT, "the form holds no file: send it as -F file=@model.onnx"));
            }
        });
        return outcome.future();
    }

    private static String fault(FormEnd end, @Nullable Throwable cause) {
        if (end.isNested()) {
            return "a part of the form is a form itself (multipart/mixed): send its parts directly";
        }
        return cause == null
                ? "the form breaks off before its last boundary, which must be on its own line"
                : "the form breaks off, or one of its parts has no Content-Disposition with a name";
    }

    private static void expectForm(HttpServerRequest request) {
        try {
            request.setExpectMultipart(true);
        } catch (RuntimeException e) {
            throw new ServingException(
                    FailureKind.MALFORMED, "the form's Content-Type names no boundary between its parts", e);
        }
    }

    /** The form continues after its file. */
    private static void discard(HttpServerFileUpload upload, FormFields kept) {
        upload.handler(piece -> kept.ofFile(piece.length())).resume();
    }

    private static MultiMap fields(HttpServerRequest request, HttpServerFileUpload upload) {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap().addAll(request.formAttributes());
        return upload.filename() == null || upload.filename().isEmpty()
                ? fields
                : fields.set("filename", upload.filename());
    }

    /** What the file has at least by the announced length; 0 if that is unknown. */
    private static long announcedLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length) - (isForm(request) ? MAX_AROUND_FILE : 0);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static boolean isForm(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    /** Reads on for a while after the response: a caller that still sends could otherwise not read it. */
    static void discardRest(HttpServerRequest request) {
        if (request.isEnded() || request.response().headWritten()) {
            return;
        }
        Future<Void> rest = request.end().timeout(MAX_SECONDS_READ_ON, TimeUnit.SECONDS);
        request.response()
                .putHeader(HttpHeaders.CONNECTION, "close")
                .bodyEndHandler(
                        answered -> rest.onComplete(read -> request.connection().close()));
        request.handler(piece -> {}).resume();
    }

    /** Whether the form's first file has started. */
    private static final class FirstFile {
        private boolean taken;

        boolean isTaken() {
            return taken;
        }

        void take() {
            taken = true;
        }
    }
}
