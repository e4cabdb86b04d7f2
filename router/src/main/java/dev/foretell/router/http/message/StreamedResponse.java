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
 * Passes a worker's response on in pieces, no faster than the caller reads them. If the caller leaves, the worker's
 * stream ends. If the worker breaks off or its function fails, the caller's stream ends without a proper HTTP end, so
 * that nobody takes it for complete.
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

    /** The stream format that the caller requests. */
    public static RequestOptions wish(HttpServerRequest request) {
        String accept = request.headers().get(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(RequestOptions.EVENTS_TYPE)
                ? RequestOptions.EVENTS
                : RequestOptions.USUAL;
    }

    /** Writes the first pieces and continues with the rest as it arrives. */
    public static void write(HttpServerRequest request, Response answer, ResponseStream rest, Deadlines deadlines) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            rest.giveUp(ResponseStream.End.CANCELLED);
        } else {
            new StreamedResponse(request, rest, deadlines).start(answer);
        }
    }

    private void start(Response answer) {
        ResponseHead.write(request, answer);
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

    /** The worker is at fault, unless it is paused for a caller that does not read. */
    private void fellSilent() {
        rest.giveUp(rest.isHeld() ? ResponseStream.End.CANCELLED : ResponseStream.End.BROKEN_OFF);
        breakOff();
    }

    /** Gives the written bytes a moment to reach the caller. */
    private void breakOff() {
        response.reset();
        deadlines.watch(LAST_WORDS, () -> HardClose.of(request));
    }
}
