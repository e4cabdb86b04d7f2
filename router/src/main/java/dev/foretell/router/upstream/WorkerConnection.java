package dev.foretell.router.upstream;

import dev.foretell.router.upstream.AttemptFailure.Reason;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection to a worker. Requests may follow each other without waiting for answers (pipelining, RFC 9112
 * 9.3.2); what is sent during one turn of the event loop leaves in one write. Confined to its event loop.
 */
final class WorkerConnection {
    /** How long the first call on a shared connection may take before the calls behind it are sent elsewhere. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Told what becomes of a connection. */
    interface Owner {
        /** The connection can take another request. */
        void free(WorkerConnection connection, long nowNanos);

        /** An answer came so long after the worker could begin on it. */
        void answered(long serviceNanos);

        /** These calls were not begun on: the connection ends, or a slow call is before them. */
        void sendElsewhere(List<Exchange> notBegun, boolean heldUp);

        /** The connection is closed; the calls on it are about to fail. */
        void closed(WorkerConnection connection, boolean sharedWhenBroken);
    }

    /** What a connection needs of its event loop. */
    interface Timers {
        /** Runs an action at the end of this turn of the event loop. */
        void atEndOfTurn(Runnable action);

        void after(long millis, Runnable action);
    }

    private final NetSocketInternal socket;
    private final Owner owner;
    private final LongSupplier nanoClock;
    private final Timers timers;
    private final UpstreamConfig config;
    private final Reservation reservation;
    private final TurnWriter writer;
    private final Deque<Exchange> inFlight = new ArrayDeque<>();
    private @Nullable AnswerAssembler answer;
    private boolean closing;
    private boolean sealed;
    private boolean listed;
    private boolean watched;
    private long headSinceNanos;
    private long idleSinceNanos;

    WorkerConnection(
            NetSocketInternal socket, Owner owner, LongSupplier nanoClock, Timers timers, UpstreamConfig config) {
        this.socket = socket;
        this.owner = owner;
        this.nanoClock = nanoClock;
        this.timers = timers;
        this.config = config;
        this.reservation = new Reservation(socket, () -> close(Reason.DROPPED));
        this.writer = new TurnWriter(socket.channelHandlerContext(), timers);
        this.idleSinceNanos = nanoClock.getAsLong();
        socket.channelHandlerContext()
                .pipeline()
                .addBefore("handler", "codec", new HttpResponseDecoder(4096, 32 * 1024, 64 * 1024));
        socket.messageHandler(this::received);
        socket.exceptionHandler(failure -> close(Reason.DROPPED));
        socket.closeHandler(v -> close(Reason.DROPPED));
    }

    boolean isIdle() {
        return inFlight.isEmpty() && !reservation.isTaken() && !closing;
    }

    /** Whether another call may be sent, given how many may share the connection. */
    boolean hasRoom(int depth, long nowNanos) {
        int calls = inFlight.size();
        return !closing
                && !sealed
                && !reservation.isTaken()
                && calls < depth
                && (calls == 0 || nowNanos - headSinceNanos < PATIENCE_NANOS);
    }

    /** Whether this call may be sent now: one that shares no connection wants an idle one. */
    boolean takes(Exchange exchange, int depth, long nowNanos) {
        return exchange.isAlone() ? isIdle() : hasRoom(depth, nowNanos);
    }

    /** Takes note that it is in the list of idle connections; false if it was. */
    boolean list() {
        boolean isNew = !listed;
        listed = true;
        return isNew;
    }

    void unlist() {
        listed = false;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    void send(Exchange exchange, long nowNanos) {
        if (inFlight.isEmpty()) {
            headSinceNanos = nowNanos;
        } else if (!watched) {
            watched = true;
            timers.after(PATIENCE_NANOS / 1_000_000, this::lookAtHead);
        }
        exchange.sentOn(this);
        inFlight.add(exchange);
        exchange.writeTo(writer.buffer(), exchange.call().deadline().leftMillis(nowNanos));
        if (exchange.isAlone()) {
            writer.flush();
            reservation.take(exchange.upload());
        }
    }

    /** If the first call is slow, lets the calls behind it go; they have not begun at a worker that answers in order. */
    private void lookAtHead() {
        watched = false;
        if (closing || inFlight.size() < 2) {
            return;
        }
        long waited = nanoClock.getAsLong() - headSinceNanos;
        if (waited < PATIENCE_NANOS) {
            watched = true;
            timers.after(Math.max(1, (PATIENCE_NANOS - waited) / 1_000_000), this::lookAtHead);
            return;
        }
        sealed = true;
        Exchange head = inFlight.remove();
        List<Exchange> behind = takeAll();
        inFlight.add(head);
        owner.sendElsewhere(behind, true);
    }

    private void received(Object message) {
        try {
            if (!closing && message instanceof HttpObject part) {
                if (part.decoderResult().isFailure()) {
                    close(Reason.GARBLED);
                } else {
                    read(part);
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpObject part) {
        if (part instanceof HttpResponse response) {
            Exchange head = inFlight.peek();
            if (head == null) {
                close(Reason.GARBLED);
                return;
            }
            AnswerAssembler begun = new AnswerAssembler(head.worker(), response, config.maxAnswerBytes());
            if (begun.changesProtocol()) {
                close(Reason.GARBLED);
                return;
            }
            answer = begun;
            if (begun.isStream(config.streamOver()) && head.mayStream()) {
                beginStream(begun);
            }
        }
        if (part instanceof HttpContent content) {
            AnswerStream stream = reservation.answer();
            if (answer != null) {
                gather(answer, content);
            } else if (stream != null) {
                passOn(stream, content);
            }
        }
    }

    private void gather(AnswerAssembler gathered, HttpContent part) {
        if (!gathered.add(part.content())) {
            close(Reason.GARBLED);
        } else if (part instanceof LastHttpContent) {
            answered(gathered);
        } else if (gathered.isTooLongToGather(config.streamOver())
                && inFlight.element().mayStream()) {
            beginStream(gathered);
        }
    }

    /** From here on the connection is for this answer alone; calls behind it have not begun, and go elsewhere. */
    private void beginStream(AnswerAssembler begun) {
        answer = null;
        Exchange exchange = inFlight.remove();
        List<Exchange> behind = takeAll();
        sealed |= !behind.isEmpty() || begun.closesConnection();
        writer.discard();
        AnswerStream rest = reservation.takeForAnswer(begun.announcedBytes());
        owner.sendElsewhere(behind, false);
        begun.settle(exchange, rest);
    }

    private void passOn(AnswerStream stream, HttpContent part) {
        reservation.add(part);
        if (part instanceof LastHttpContent) {
            sealed |= reservation.release();
            headSinceNanos = nanoClock.getAsLong();
            idleSinceNanos = headSinceNanos;
            if (sealed) {
                close(Reason.DROPPED);
            } else {
                owner.free(this, headSinceNanos);
            }
            stream.end(AnswerStream.End.WHOLE);
        }
    }

    private void answered(AnswerAssembler whole) {
        answer = null;
        if (whole.isInterim()) {
            return;
        }
        Exchange exchange = inFlight.remove();
        long now = nanoClock.getAsLong();
        if (reservation.isTaken()) {
            sealed |= reservation.release();
        } else {
            owner.answered(now - headSinceNanos);
        }
        headSinceNanos = now;
        idleSinceNanos = now;
        if (whole.closesConnection() || sealed) {
            closeGently();
        } else {
            owner.free(this, now);
        }
        whole.settle(exchange);
    }

    /** Stops waiting for one answer. The connection has no other use then: what comes on it next is that answer. */
    void abandon(Exchange exchange) {
        if (inFlight.remove(exchange)) {
            closeGently();
        }
    }

    /** Closes without harm to the calls that are still on the connection. */
    private void closeGently() {
        List<Exchange> notBegun = takeAll();
        close(Reason.DROPPED);
        owner.sendElsewhere(notBegun, false);
    }

    private List<Exchange> takeAll() {
        List<Exchange> all = new ArrayList<>(inFlight);
        inFlight.clear();
        return all;
    }

    /** Closes; the calls on it fail for the given reason. */
    void close(Reason why) {
        if (closing) {
            return;
        }
        closing = true;
        writer.discard();
        AnswerStream unfinished = reservation.answer();
        reservation.release();
        socket.close();
        owner.closed(this, inFlight.size() > 1);
        for (Exchange exchange = inFlight.poll(); exchange != null; exchange = inFlight.poll()) {
            exchange.fail(new AttemptFailure(why, null));
        }
        if (unfinished != null) {
            unfinished.end(AnswerStream.End.BROKEN_OFF);
        }
    }
}
