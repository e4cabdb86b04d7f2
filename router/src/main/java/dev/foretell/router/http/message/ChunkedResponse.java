package dev.foretell.router.http.message;

import dev.foretell.commons.failure.FailureKind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A long response that is generated and written in pieces: the next piece is generated outside the event loop, once the
 * caller has read the previous ones. A short response has a Content-Length. Confined to the request's event loop.
 */
public final class ChunkedResponse {
    private static final int LENGTH_OF_PIECE = 32 * 1024;
    /** A slower caller is cut off, because it takes one of a few places. */
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** A piece, and whether it is the last one. */
    private record Piece(Buffer text, boolean last) {}

    private final long beganNanos = System.nanoTime();
    private final HttpServerResponse response;
    private final BackgroundWork work;
    private final Promise<Object> done = Promise.promise();
    private @Nullable Iterator<byte[]> pieces;
    private @Nullable Gzip gzip;

    private ChunkedResponse(HttpServerResponse response, BackgroundWork work) {
        this.response = response;
        this.work = work;
    }

    /** Starts generating the text, outside the event loop. */
    public interface Text {
        Iterator<byte[]> begin();
    }

    /**
     * Sends a text; status and headers must be set before.
     *
     * @return completes when the text is sent or the caller has left; fails, with the exception of the text or with
     *     {@link FailureKind#SHED}, if nothing was sent
     */
    public static Future<Object> send(HttpServerRequest request, BackgroundWork work, Text text) {
        work.beginAnswer();
        ChunkedResponse answer = new ChunkedResponse(request.response(), work);
        answer.start(request, text);
        return answer.done.future().andThen(sent -> work.endAnswer());
    }

    /** The same for JSON. */
    public static Future<Object> json(HttpServerRequest request, BackgroundWork work, Text text) {
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        return send(request, work, text);
    }

    private void start(HttpServerRequest request, Text text) {
        response.closeHandler(gone -> done.tryComplete(response));
        boolean isGzipWanted = Gzip.isWanted(request);
        work.run(() -> {
                    Iterator<byte[]> begun = text.begin();
                    pieces = begun;
                    Piece first = next(begun);
                    return isGzipWanted && first.text().length() >= Gzip.MIN_BYTES ? compress(first) : first;
                })
                .onFailure(done::tryFail)
                .onSuccess(first -> first(request, first));
    }

    private Piece compress(Piece first) {
        Gzip begun = new Gzip();
        gzip = begun;
        return new Piece(begun.of(first.text(), first.last()), first.last());
    }

    private void first(HttpServerRequest request, Piece first) {
        Gzip.vary(request);
        if (gzip != null) {
            Gzip.announce(request);
        }
        if (response.closed() || response.ended()) {
            done.tryComplete(response);
        } else if (first.last()) {
            response.end(first.text()).onComplete(sent -> done.tryComplete(response));
        } else {
            if (request.version() == HttpVersion.HTTP_1_0) {
                response.putHeader(HttpHeaders.CONNECTION, "close");
            } else {
                response.setChunked(true);
            }
            write(first);
        }
    }

    private void write(Piece piece) {
        if (response.closed()) {
            done.tryComplete(response);
        } else if (piece.last()) {
            response.end(piece.text()).onComplete(sent -> done.tryComplete(response));
        } else {
            response.write(piece.text()).onSuccess(taken -> goOn());
        }
    }

    private void goOn() {
        Iterator<byte[]> rest = pieces;
        if (System.nanoTime() - beganNanos > MAX_NANOS) {
            breakOff();
        } else if (rest != null && !response.closed()) {
            work.run(() -> next(rest)).onSuccess(this::write).onFailure(failure -> breakOff());
        }
    }

    private void breakOff() {
        response.reset();
        done.tryComplete(response);
    }

    private Piece next(Iterator<byte[]> rest) {
        Buffer text = Buffer.buffer(LENGTH_OF_PIECE);
        while (rest.hasNext() && text.length() < LENGTH_OF_PIECE) {
            text.appendBytes(rest.next());
        }
        boolean isLast = !rest.hasNext();
        Gzip begun = gzip;
        return new Piece(begun == null ? text : begun.of(text, isLast), isLast);
    }
}
