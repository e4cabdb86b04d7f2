package dev.foretell.router.upstream.connection;

import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.ResponseStream;
import dev.foretell.router.upstream.pool.StrayResponses.Kind;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.internal.net.NetSocketInternal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection to a worker. If the worker echoes, requests may follow each other without waiting for
 * responses (pipelining, RFC 9112 9.3.2). All requests of one event-loop turn leave in one write. Confined to its event
 * loop.
 */
public final class WorkerConnection implements ResponseReader.Receiver, Exchange.Place {
    /** In this order, and never back. */
    private enum State {
        OPEN,
        /** It takes no more calls, and closes after those that it has. */
        SEALED,
        /** Its bytes cannot be matched to calls any more: it is about to be reset. */
        SPOILT,
        CLOSED
    }

    private final NetSocketInternal socket;
    private final ConnectionOwner owner;
    private final LongSupplier nanoClock;
    private final Reservation reservation;
    private final TurnWriter writer;
    private final ResponseReader reader;
    private final SplittableRandom tokens = new SplittableRandom();
    private final Deque<Exchange> inFlight = new ArrayDeque<>();
    private final AbandonedCalls abandoned;
    private final FirstCall first;
    private State state = State.OPEN;
    /** A response has been read: bytes that follow it could be mistaken for a later response. */
    private boolean used;
    /** The last call has its response; the owner may send another one after this read. */
    private boolean freedAfterRead;
    /** The owner has it among the idle connections. */
    private boolean listed;

    private long idleSinceNanos;

    WorkerConnection(
            NetSocketInternal socket,
            ConnectionOwner owner,
            LongSupplier nanoClock,
            TurnTimers timers,
            UpstreamConfig config) {
        this.socket = socket;
        this.owner = owner;
        this.nanoClock = nanoClock;
        this.reservation = new Reservation(socket, owner.memory(), () -> close(Reason.DROPPED));
        this.writer = new TurnWriter(socket.channelHandlerContext(), timers);
        this.first = new FirstCall(nanoClock, timers, this::isFirstFollowed, this::moveFollowers);
        this.idleSinceNanos = nanoClock.getAsLong();
        ResponseDecoder decoder = new ResponseDecoder();
        this.abandoned =
                new AbandonedCalls(inFlight, owner.abandonedLimit(), nanoClock, timers, this::onLongAbandonedResponse);
        this.reader = new ResponseReader(decoder, inFlight, config, owner.memory(), this);
        socket.channelHandlerContext().pipeline().addBefore("handler", "codec", decoder);
        socket.messageHandler(this::onMessage);
        socket.readCompletionHandler(read -> readEnded());
        socket.exceptionHandler(failure -> close(Reason.DROPPED));
        socket.closeHandler(v -> close(Reason.DROPPED));
    }

    boolean isIdle() {
        return inFlight.isEmpty() && !reservation.isTaken() && state != State.CLOSED && !freedAfterRead;
    }

    /** Whether another call may be sent, if this many may share the connection. */
    boolean hasRoom(int depth, long nowNanos) {
        int calls = inFlight.size();
        return state == State.OPEN
                && !reservation.isTaken()
                && (calls == 0 ? !freedAfterRead : reader.echoes() && calls < depth && !first.isSlow(nowNanos));
    }

    /** Whether this call may be sent now; one that needs an exclusive connection takes an idle one. */
    boolean takes(Exchange exchange, int depth, long nowNanos) {
        return exchange.isAlone() ? isIdle() : hasRoom(depth, nowNanos);
    }

    /** Marks it as listed among the idle connections; false if it already was. */
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

    /** Whether earlier traffic could still be mistaken for a later response. */
    boolean isSpent() {
        return used && !reader.echoes() && !owner.mayBeUsedAgain();
    }

    void send(Exchange exchange, long nowNanos) {
        if (inFlight.isEmpty()) {
            first.begin(nowNanos);
        } else {
            first.watch();
        }
        exchange.placeAt(this);
        inFlight.add(exchange);
        exchange.writeTo(writer.buffer(), nowNanos, tokens.nextLong());
        if (exchange.isAlone()) {
            writer.flush();
            reservation.take(exchange.upload());
        }
    }

    @Override
    public boolean isFirstSent() {
        return inFlight.size() > writer.unsent();
    }

    private boolean isFirstFollowed() {
        return state != State.CLOSED && inFlight.size() > 1;
    }

    /** The first call is slow; a worker that responds in order has not started those behind it. */
    private void moveFollowers() {
        advanceTo(State.SEALED);
        Exchange slow = inFlight.remove();
        List<Exchange> behind = takeAll();
        inFlight.add(slow);
        owner.sendElsewhere(behind, true);
    }

    private void onMessage(Object message) {
        try {
            if (state == State.CLOSED) {
                return;
            }
            owner.onData();
            if (message instanceof HttpObject part) {
                read(part);
            } else if (message == ResponseDecoder.BYTES_LEFT && !reservation.isTaken()) {
                reader.bytesLeft();
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(HttpObject part) {
        ResponseStream stream = reservation.stream();
        if (stream == null) {
            reader.read(part);
        } else if (part.decoderResult().isFailure()) {
            close(Reason.GARBLED);
        } else if (part instanceof HttpContent content) {
            passOn(stream, content);
        }
    }

    /** A connection freed earlier could get its next call while bytes of the last one still arrive. */
    private void readEnded() {
        reservation.passOn();
        reader.readEnded();
        if (freedAfterRead && state != State.CLOSED) {
            freedAfterRead = false;
            owner.free(this, first.sinceNanos());
        }
    }

    /**
     * From now on the connection is exclusive to this response; the calls behind it have not started and move to
     * another one.
     */
    @Override
    public void stream(ResponseAssembler begun) {
        Exchange exchange = inFlight.remove();
        List<Exchange> behind = takeAll();
        sealIf(!behind.isEmpty() || begun.closesConnection());
        writer.discard();
        ResponseStream rest = reservation.takeForStream(begun);
        owner.sendElsewhere(behind, false);
        begun.settle(exchange, rest);
    }

    private void passOn(ResponseStream stream, HttpContent part) {
        reservation.add(part);
        if (part instanceof LastHttpContent last) {
            sealIf(reservation.release());
            finishResponse();
            stream.end(StreamTrailer.end(last));
        }
    }

    @Override
    public void onResponse(ResponseAssembler whole, boolean isFollowed) {
        Exchange exchange = inFlight.remove();
        if (isFollowed) {
            noteFollowed();
        }
        if (reservation.isTaken()) {
            sealIf(reservation.release());
        } else {
            owner.onResponse(first.tookNanos(), reader.echoes(), first.wasBehind());
        }
        sealIf(whole.closesConnection());
        finishResponse();
        if (exchange.isSettled()) {
            whole.forget();
            abandoned.end(exchange);
        } else {
            whole.settle(exchange);
        }
    }

    /** After the last response on a sealed connection, responses to the moved calls may follow. */
    private void noteFollowed() {
        if (state == State.OPEN) {
            owner.onStray(Kind.TRAILING);
        }
        advanceTo(State.SPOILT);
    }

    /** A response is complete. A worker that has not read its whole request may never do so. */
    private void finishResponse() {
        first.advance();
        idleSinceNanos = first.sinceNanos();
        used = true;
        if (isSpent()) {
            advanceTo(State.SPOILT);
        }
        if (state != State.OPEN || (inFlight.isEmpty() && isUnsent())) {
            closeGently();
        } else {
            freedAfterRead = true;
        }
    }

    private boolean isUnsent() {
        ChannelOutboundBuffer out = channel().unsafe().outboundBuffer();
        return out == null || !out.isEmpty();
    }

    private Channel channel() {
        return socket.channelHandlerContext().channel();
    }

    @Override
    public void fail(Reason why) {
        Exchange failed = inFlight.poll();
        List<Exchange> behind = takeAll();
        if (failed != null) {
            inFlight.add(failed);
        }
        close(why);
        owner.sendElsewhere(behind, false);
    }

    @Override
    public void unreadable() {
        if (reader.isAmidResponse() || (!used && inFlight.size() == 1)) {
            onGarbled();
        } else {
            stray(Kind.UNREADABLE);
        }
    }

    /** No call on the connection can trust its response any more: each one moves to another connection, once. */
    @Override
    public void stray(Kind kind) {
        owner.onStray(kind);
        advanceTo(State.SPOILT);
        List<Exchange> all = takeAll();
        close(Reason.MISPLACED);
        List<Exchange> moved = new ArrayList<>(all.size());
        for (Exchange exchange : all) {
            if (exchange.isSettled() || exchange.move()) {
                moved.add(exchange);
            } else {
                exchange.fail(new AttemptFailure(Reason.MISPLACED, null));
            }
        }
        owner.sendElsewhere(moved, false);
    }

    @Override
    public void onLongAbandonedResponse() {
        advanceTo(State.SPOILT);
        closeGently();
    }

    /**
     * Keeps an abandoned call and drops its response. Closes the connection if the response would be long, so that the
     * worker learns that nobody waits for it; and at once if a hedge won, which is rare.
     */
    @Override
    public boolean abandon(Exchange exchange, Reason why) {
        if (state == State.OPEN && inFlight.peekLast() == exchange && writer.takeBackLast()) {
            onTakeBack();
            return false;
        }
        if (!inFlight.contains(exchange)) {
            return false;
        }
        if (why == Reason.OVERTAKEN || exchange.upload() != null || !abandoned.add(exchange)) {
            inFlight.remove(exchange);
            advanceTo(State.SPOILT);
            closeGently();
            return false;
        }
        return true;
    }

    /** A caller that sends and closes at once: the worker never sees the call. */
    private void onTakeBack() {
        inFlight.removeLast();
        if (inFlight.isEmpty()) {
            owner.free(this, nanoClock.getAsLong());
        }
    }

    private void sealIf(boolean isNeeded) {
        if (isNeeded) {
            advanceTo(State.SEALED);
        }
    }

    private void advanceTo(State next) {
        if (state.compareTo(next) < 0) {
            state = next;
        }
    }

    /** The calls in flight, including abandoned ones. */
    void forEachCall(Consumer<Exchange> action) {
        inFlight.forEach(action);
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

    /** Closes; the calls on it fail with this reason. */
    void close(Reason why) {
        if (state == State.CLOSED) {
            return;
        }
        boolean isSpoilt = state == State.SPOILT;
        state = State.CLOSED;
        writer.discard();
        ResponseStream unfinished = reservation.stream();
        reservation.release();
        ResponseAssembler last = reader.last();
        if (isSpoilt && channel().isOpen()) {
            // Many such closes would exhaust the ports; a reset leaves no port in TIME_WAIT.
            channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        socket.close();
        owner.onClose(this, inFlight.size() > 1);
        ResponseAssembler whole = last; // it belongs to the first call in flight
        for (Exchange exchange = inFlight.poll(); exchange != null; exchange = inFlight.poll()) {
            end(exchange, whole, why);
            whole = null;
        }
        if (last != null) {
            last.forget();
        }
        if (unfinished != null) {
            unfinished.end(ResponseStream.End.BROKEN_OFF);
        }
    }

    private void end(Exchange exchange, @Nullable ResponseAssembler last, Reason why) {
        if (exchange.isSettled()) {
            abandoned.end(exchange);
        } else if (last != null) {
            last.settle(exchange);
        } else {
            exchange.fail(new AttemptFailure(why, null));
        }
    }
}
