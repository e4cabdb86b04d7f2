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
 * Reads what comes on one connection, and gives each request its own answer or none. An answer that echoes its request's
 * token is its answer; any other is held until the read that brought it has ended, in case more comes than was asked for.
 * Confined to the connection's event loop.
 */
final class ResponseReader {
    /** Most bytes that are read of an answer which nobody waits for any more. */
    private static final int MAX_DROPPED = 64 * 1024;

    /** What becomes of the connection and the first call on it. */
    interface Line {
        /** Whether the first call's request has left: nothing that comes before can be its answer. */
        boolean isFirstSent();

        /** The first call has its answer; whether that was followed by bytes which are nothing. */
        void onResponse(ResponseAssembler whole, boolean isFollowed);

        /** The first call's answer is passed on in pieces from here on. */
        void stream(ResponseAssembler begun);

        /** The answer to a call that was abandoned is long. */
        void longLeftover();

        /** The first call's answer is none, or too long. */
        default void onGarbled() {
            fail(Reason.GARBLED);
        }

        /** There will be no answer to the first call, and its connection is of no further use. */
        void fail(Reason why);

        /** What came is no HTTP. */
        void unreadable();

        /** What came may be anybody's, or nobody's. */
        void stray(Kind kind);
    }

    private final ResponseDecoder decoder;
    private final Deque<Exchange> inFlight;
    private final UpstreamConfig config;
    private final ResponseMemory memory;
    private final Line line;
    private @Nullable ResponseAssembler answer;
    private @Nullable ResponseAssembler held;
    private int dropped;
    private boolean echoes;

    ResponseReader(
            ResponseDecoder decoder,
            Deque<Exchange> inFlight,
            UpstreamConfig config,
            ResponseMemory memory,
            Line line) {
        this.decoder = decoder;
        this.inFlight = inFlight;
        this.config = config;
        this.memory = memory;
        this.line = line;
    }

    /** Whether the worker has echoed on this connection; from then on it has to. */
    boolean echoes() {
        return echoes;
    }

    /** Whether the first call's answer is being read, or held. */
    boolean isAmidAnswer() {
        return answer != null || held != null;
    }

    void read(HttpObject part) {
        if (part.decoderResult().isFailure()) {
            line.unreadable();
        } else if (part instanceof HttpResponse response) {
            begin(response);
        }
        ResponseAssembler gathered = answer;
        if (gathered != null && part instanceof HttpContent content) {
            gather(gathered, content);
        }
    }

    private void begin(HttpResponse response) {
        Exchange head = inFlight.peek();
        if (held != null || head == null || !line.isFirstSent()) {
            line.stray(Kind.UNASKED);
            return;
        }
        ResponseAssembler begun =
                new ResponseAssembler(head.worker(), response, config.answers().maxAnswerBytes(), memory);
        if (begun.changesProtocol()) {
            line.onGarbled();
        } else if (!begun.isInterim() && !isInPlace(begun.echo(), head)) {
            line.stray(Kind.MISPLACED);
        } else {
            answer = begun;
            dropped = 0;
            if (begun.isStream(config.answers().streamOver())) {
                pass(begun, head);
            }
        }
    }

    private boolean isInPlace(@Nullable CharSequence echo, Exchange head) {
        if (echo == null) {
            return !echoes;
        }
        echoes = EchoToken.matches(echo, head.token());
        return echoes;
    }

    private void pass(ResponseAssembler begun, Exchange head) {
        if (head.isSettled()) {
            line.longLeftover();
        } else if (head.mayStream()) {
            answer = null;
            line.stream(begun);
        }
    }

    private void gather(ResponseAssembler gathered, HttpContent part) {
        Exchange head = inFlight.element();
        if (head.isSettled()) {
            drop(gathered, part.content());
        } else {
            Reason wrong = gathered.add(part.content());
            if (wrong != null) {
                line.fail(wrong);
            }
        }
        if (answer == null) {
            return;
        }
        if (part instanceof LastHttpContent) {
            answer = null;
            whole(gathered);
        } else if (!head.isSettled()
                && gathered.isTooLongToGather(config.answers().streamOver())) {
            pass(gathered, head);
        }
    }

    private void drop(ResponseAssembler gathered, ByteBuf part) {
        gathered.forget();
        dropped += part.readableBytes();
        if (dropped > MAX_DROPPED) {
            line.longLeftover();
        }
    }

    private void whole(ResponseAssembler whole) {
        if (whole.isInterim()) {
            return;
        }
        boolean isFollowed = decoder.unread() > 0;
        if (!echoes) {
            held = whole;
            if (isFollowed) {
                letGo();
            }
        } else if (!isFollowed || (inFlight.size() > 1 && decoder.isAnotherAnswer())) {
            line.onResponse(whole, false);
        } else if (inFlight.size() > 1) {
            whole.forget();
            line.stray(Kind.UNREADABLE);
        } else {
            line.onResponse(whole, true);
        }
    }

    /** What one read brought has been read. */
    void readEnded() {
        if (held != null) {
            letGo();
        }
    }

    /** Bytes came that are no part of an answer as yet. */
    void bytesLeft() {
        if (held == null && inFlight.isEmpty()) {
            line.stray(Kind.UNASKED);
        }
    }

    /** Of two answers nobody can tell which is the call's; other bytes behind one only say that the connection is spoilt. */
    private void letGo() {
        ResponseAssembler whole = held;
        held = null;
        boolean isFollowed = decoder.unread() > 0;
        if (whole == null) {
            return;
        }
        if (isFollowed && decoder.isAnotherAnswer()) {
            whole.forget();
            line.stray(Kind.UNASKED);
        } else {
            line.onResponse(whole, isFollowed);
        }
    }

    /** The connection has ended: the answer that it ended with, if one was whole. */
    @Nullable
    ResponseAssembler last() {
        ResponseAssembler whole = held;
        held = null;
        if (answer != null) {
            answer.forget();
            answer = null;
        }
        return whole;
    }
}
