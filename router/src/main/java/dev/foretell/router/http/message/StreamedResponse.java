package dev.foretell.router.http.message;

import dev.foretell.edge.HardClose;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.IdleTimeout;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseStream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * Passes a worker's answer on in pieces, no faster than the caller takes them. A caller that goes ends the worker's part, and
 * a worker that breaks off, or whose function fails, the caller's: without the end that HTTP has for an answer, so that nobody takes it
 * for whole.
 */
public final class StreamedResponse implements ResponseStream.Reader {
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ResponseStream rest;
    private final Deadlines deadlines;
    private final IdleTimeout silence;

    private StreamedResponse(HttpServerRequest request, ResponseStream rest, Deadlines deadlines) {
        this.request = request;
        this.response = request.response();
        this.rest = rest;
        this.deadlines = deadlines;
        this.silence = deadlines.watchStream(this::fellSilent);
    }

    /** What the caller would have a stream look like. */
    public static RequestOptions wish(HttpServerRequest request) {
        String accept = request.headers().get(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(RequestOptions.EVENTS_TYPE)
                ? RequestOptions.EVENTS
                : RequestOptions.USUAL;
    }

    /** Writes what came already, and goes on with the rest as it comes. */
    public static void write(HttpServerRequest request, Response answer, ResponseStream rest, Deadlines deadlines) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            rest.giveUp(ResponseStream.End.CANCELLED);
        } else {
            new StreamedResponse(request, rest, deadlines).start(answer);
        }
    }

    private void start(Response answer) {
        ResponseWriter.head(request, answer);
        if (rest.length() >= 0) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(rest.length()));
        } else {
            response.setChunked(true);
        }
        response.closeHandler(gone -> callerGone());
        response.drainHandler(drained -> goOn());
        response.write(answer.body());
        rest.readBy(this);
    }

    @Override
    public void piece(Buffer piece) {
        silence.reset();
        response.write(piece);
        if (response.writeQueueFull()) {
            rest.hold();
        }
    }

    private void goOn() {
        silence.reset();
        rest.goOn();
    }

    @Override
    public void onEnd(ResponseStream.End how) {
        silence.end();
        if (how == ResponseStream.End.WHOLE) {
            response.end();
        } else {
            breakOff();
        }
    }

    private void callerGone() {
        silence.end();
        rest.giveUp(ResponseStream.End.CANCELLED);
    }

    /** It is the worker's fault unless it is held back for a caller that reads nothing. */
    private void fellSilent() {
        rest.giveUp(rest.isHeld() ? ResponseStream.End.CANCELLED : ResponseStream.End.BROKEN_OFF);
        breakOff();
    }

    /** What was written has a moment to get to the caller. */
    private void breakOff() {
        response.reset();
        deadlines.watch(LAST_WORDS, () -> HardClose.of(request));
    }
}
