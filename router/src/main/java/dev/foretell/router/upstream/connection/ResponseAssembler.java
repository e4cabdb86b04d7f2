package dev.foretell.router.upstream.connection;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.ResponseMemory;
import dev.foretell.router.upstream.call.ResponseStream;
import dev.foretell.router.upstream.call.WorkerResponse;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.AsciiString;
import io.vertx.core.internal.buffer.BufferInternal;
import org.jspecify.annotations.Nullable;

/** Assembles one response from its parts, within a bound. Used once. */
final class ResponseAssembler {
    /** A length with fewer digits is never a stream, whatever the settings. */
    private static final int SHORT_DIGITS = 5;

    private static final AsciiString ECHO = AsciiString.cached(Headers.ECHO);
    private static final AsciiString ERROR_OF = AsciiString.cached(Headers.ERROR_OF);
    private static final String LINES_TYPE = "application/x-ndjson";

    private final WorkerId worker;
    private final HttpResponse response;
    private final int maxBytes;
    private final ResponseMemory memory;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;
    private int taken;

    /** @param memory the reserved bytes are released when the exchange is settled, or the response dropped */
    ResponseAssembler(WorkerId worker, HttpResponse response, int maxBytes, ResponseMemory memory) {
        this.worker = worker;
        this.response = response;
        this.maxBytes = maxBytes;
        this.memory = memory;
    }

    /** Adds a part of the body; returns the failure if the response is too long or there is no memory for it. */
    @Nullable
    Reason add(ByteBuf part) {
        int length = part.readableBytes();
        int all = body.readableBytes() + length;
        if (all > maxBytes) {
            return Reason.TOO_LONG;
        }
        if (all > ResponseMemory.SHORT_BYTES && !take(all)) {
            return Reason.CROWDED;
        }
        if (length > 0) {
            if (body == Unpooled.EMPTY_BUFFER) {
                body = Unpooled.buffer(length);
            }
            body.writeBytes(part);
        }
        return null;
    }

    private boolean take(int all) {
        if (!memory.take(all - taken)) {
            return false;
        }
        taken = all;
        return true;
    }

    private void giveBack() {
        memory.giveBack(taken);
        taken = 0;
    }

    /** Whether it only precedes the final response (1xx). */
    boolean isInterim() {
        return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    /** Whether the worker switches protocols (101), which nobody requested. */
    boolean changesProtocol() {
        return response.status().code() == 101;
    }

    /**
     * Whether it ends the connection: the worker says so, or the end of the connection marks the end of the response.
     */
    boolean closesConnection() {
        return !HttpUtil.isKeepAlive(response) || !isDelimited();
    }

    private boolean isDelimited() {
        int status = response.status().code();
        return response.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                || HttpUtil.isTransferEncodingChunked(response)
                || status == 204
                || status == 304;
    }

    /** The token that the worker repeated; null if it repeated none. */
    @Nullable
    CharSequence echo() {
        return response.headers().get(ECHO);
    }

    /** Drops the parts so far. */
    void forget() {
        body = Unpooled.EMPTY_BUFFER;
        giveBack();
    }

    /** Whether its head marks it as a stream. Usually, checking one short length is enough. */
    boolean isStream(int streamOver) {
        String length = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null && length.length() < SHORT_DIGITS) {
            return false;
        }
        return isGood() && (length == null ? isOfItems() : HttpUtil.getContentLength(response, 0L) > streamOver);
    }

    /** Whether more than the bound has arrived. */
    boolean isTooLongToGather(int streamOver) {
        return body.readableBytes() > streamOver && isGood();
    }

    private boolean isGood() {
        int status = response.status().code();
        return status >= 200 && status < 300 && status != 204;
    }

    private boolean isOfItems() {
        String mediaType = response.headers().get(HttpHeaderNames.CONTENT_TYPE);
        return mediaType != null
                && (startsWith(mediaType, LINES_TYPE) || startsWith(mediaType, RequestOptions.EVENTS_TYPE));
    }

    private static boolean startsWith(String mediaType, String type) {
        return mediaType.regionMatches(true, 0, type, 0, type.length());
    }

    /** The announced length of the whole body; -1 if unknown. */
    long contentLength() {
        return HttpUtil.getContentLength(response, -1L);
    }

    /** Whether the worker marks failures of its function after the stream. */
    boolean saysWhose() {
        return StreamTrailer.isAnnounced(response.headers());
    }

    /** Settles the exchange with the parts so far; the rest follows. */
    void settle(Exchange exchange, ResponseStream rest) {
        giveBack();
        exchange.succeed(new WorkerResponse(
                worker,
                response.status().code(),
                WorkerHeaders.forCaller(response.headers()),
                BufferInternal.buffer(body),
                rest));
    }

    /**
     * Settles the exchange. "Busy", 5xx and refusals by the worker itself are failures; 504 means that the call's
     * deadline passed at the worker.
     */
    void settle(Exchange exchange) {
        giveBack();
        int status = response.status().code();
        boolean ofFunction = status >= 400 && isOfFunction();
        Reason wrong = AttemptFailure.reasonOf(status, ofFunction);
        if (wrong == null) {
            exchange.succeed(new WorkerResponse(
                    worker, status, WorkerHeaders.forCaller(response.headers()), BufferInternal.buffer(body)));
        } else {
            exchange.fail(failure(wrong, status));
        }
    }

    private boolean isOfFunction() {
        return response.headers().contains(ERROR_OF, Headers.OF_FUNCTION, true);
    }

    private AttemptFailure failure(Reason wrong, int status) {
        return switch (wrong) {
            case FUNCTION_ERROR -> AttemptFailure.ofFunction(status, WorkerErrorText.of(BufferInternal.buffer(body)));
            case REFUSED -> AttemptFailure.ofRefusal(status);
            case BUSY -> new AttemptFailure(wrong, response.headers().get(HttpHeaderNames.RETRY_AFTER), null);
            default -> new AttemptFailure(wrong, null);
        };
    }
}
