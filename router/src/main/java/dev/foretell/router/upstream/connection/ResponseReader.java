package dev.foretell.router.upstream.connection;

import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.ResponseMemory;
import dev.foretell.router.upstream.pool.StrayResponses.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads the responses of one connection and matches each to its request. A response that echoes its request's token
 * belongs to that request. Any other response is held until the end of the read, in case unexpected bytes follow it.
 * Confined to the connection's event loop.
 */
final class ResponseReader {
    /** The maximum number of bytes to read from a response that nobody waits for. */
    private static final int MAX_DROPPED = 64 * 1024;

    /** Handles the events of the connection and of the first call on it. */
    interface Receiver {
        /** Whether the first call's request has been sent: an earlier response cannot belong to it. */
        boolean isFirstSent();

        /** The first call has its response. Reports whether meaningless bytes followed it. */
        void onResponse(ResponseAssembler whole, boolean isFollowed);

        /** The first call's response is passed on in pieces from now on. */
        void stream(ResponseAssembler begun);

        /** The response to an abandoned call is long. */
        void onLongAbandonedResponse();

        /** The first call's response is invalid. */
        default void onGarbled() {
            fail(Reason.GARBLED);
        }

        /** The first call will get no response, and its connection is unusable. */
        void fail(Reason why);

        /** The received bytes are not HTTP. */
        void unreadable();

        /** The received bytes may belong to any call, or to no call. */
        void stray(Kind kind);
    }

    private final ResponseDecoder decoder;
    private final Deque<Exchange> inFlight;
    private final UpstreamConfig config;
    private final ResponseMemory memory;
    private final Receiver receiver;
    /** The response whose parts are arriving. */
    private @Nullable ResponseAssembler reading;
    /** A complete response that waits for the end of the read. */
    private @Nullable ResponseAssembler held;

    private int dropped;
    private boolean echoes;

    ResponseReader(
            ResponseDecoder decoder,
            Deque<Exchange> inFlight,
            UpstreamConfig config,
            ResponseMemory memory,
            Receiver receiver) {
        this.decoder = decoder;
        this.inFlight = inFlight;
        this.config = config;
        this.memory = memory;
        this.receiver = receiver;
    }

    /** Whether the worker has echoed on this connection; from then on it must. */
    boolean echoes() {
        return echoes;
    }

    /** Whether the first call's response is being read or held. */
    boolean isAmidResponse() {
        return reading != null || held != null;
    }

    void read(HttpObject part) {
        if (part.decoderResult().isFailure()) {
            receiver.unreadable();
        } else if (part instanceof HttpResponse response) {
            begin(response);
        }
        ResponseAssembler gathered = reading;
        if (gathered != null && part instanceof HttpContent content) {
            gather(gathered, content);
        }
    }

    private void begin(HttpResponse response) {
        Exchange first = inFlight.peek();
        if (held != null || first == null || !receiver.isFirstSent()) {
            receiver.stray(Kind.UNASKED);
            return;
        }
        ResponseAssembler begun =
                new ResponseAssembler(first.worker(), response, config.answers().maxAnswerBytes(), memory);
        if (begun.changesProtocol()) {
            receiver.onGarbled();
        } else if (!begun.isInterim() && !isInPlace(begun.echo(), first)) {
            receiver.stray(Kind.MISPLACED);
        } else {
            reading = begun;
            dropped = 0;
            if (begun.isStream(config.answers().streamOver())) {
                passOn(begun, first);
            }
        }
    }

    private boolean isInPlace(@Nullable CharSequence echo, Exchange first) {
        if (echo == null) {
            return !echoes;
        }
        echoes = EchoToken.matches(echo, first.token());
        return echoes;
    }

    private void passOn(ResponseAssembler begun, Exchange first) {
        if (first.isSettled()) {
            receiver.onLongAbandonedResponse();
        } else if (first.mayStream()) {
            reading = null;
            receiver.stream(begun);
        }
    }

    private void gather(ResponseAssembler gathered, HttpContent part) {
        Exchange first = inFlight.element();
        if (first.isSettled()) {
            drop(gathered, part.content());
        } else {
            Reason wrong = gathered.add(part.content());
            if (wrong != null) {
                receiver.fail(wrong);
            }
        }
        if (reading == null) {
            return;
        }
        if (part instanceof LastHttpContent) {
            reading = null;
            complete(gathered);
        } else if (!first.isSettled()
                && gathered.isTooLongToGather(config.answers().streamOver())) {
            passOn(gathered, first);
        }
    }

    private void drop(ResponseAssembler gathered, ByteBuf part) {
        gathered.forget();
        dropped += part.readableBytes();
        if (dropped > MAX_DROPPED) {
            receiver.onLongAbandonedResponse();
        }
    }

    private void complete(ResponseAssembler whole) {
        if (whole.isInterim()) {
            return;
        }
        boolean isFollowed = decoder.unread() > 0;
        if (!echoes) {
            held = whole;
            if (isFollowed) {
                releaseHeld();
            }
        } else if (!isFollowed || (inFlight.size() > 1 && decoder.isAnotherResponse())) {
            receiver.onResponse(whole, false);
        } else if (inFlight.size() > 1) {
            whole.forget();
            receiver.stray(Kind.UNREADABLE);
        } else {
            receiver.onResponse(whole, true);
        }
    }

    /** One read has been handled. */
    void readEnded() {
        if (held != null) {
            releaseHeld();
        }
    }

    /** Bytes have arrived that are not part of a response yet. */
    void bytesLeft() {
        if (held == null && inFlight.isEmpty()) {
            receiver.stray(Kind.UNASKED);
        }
    }

    /**
     * With two responses, nobody can tell which one belongs to the call; with other trailing bytes, only the connection
     * is unusable.
     */
    private void releaseHeld() {
        ResponseAssembler whole = held;
        held = null;
        boolean isFollowed = decoder.unread() > 0;
        if (whole == null) {
            return;
        }
        if (isFollowed && decoder.isAnotherResponse()) {
            whole.forget();
            receiver.stray(Kind.UNASKED);
        } else {
            receiver.onResponse(whole, isFollowed);
        }
    }

    /** The connection has closed: returns the response that it ended, if it was complete. */
    @Nullable
    ResponseAssembler last() {
        ResponseAssembler whole = held;
        held = null;
        if (reading != null) {
            reading.forget();
            reading = null;
        }
        return whole;
    }
}
