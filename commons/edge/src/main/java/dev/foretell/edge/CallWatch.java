package dev.foretell.edge;

import dev.foretell.edge.loop.FatalLoopError;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks the end of each call so that the next one can be read, and closes the connection of an idle caller: one that
 * is silent without a call in flight, or that does not read its response. Confined to its event loop.
 *
 * <p>It checks for activity several times per timeout instead of recording the time of every event.
 */
final class CallWatch extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(CallWatch.class);
    private static final int LOOKS_PER_TIMEOUT = 4;

    private final RequestDecoder decoder;
    private final CallerMemory memory;
    private final long lookEveryNanos;
    private final UnreadOutput unread = new UnreadOutput();
    private boolean hasHappened;
    private int looksInVain;
    private @Nullable Future<?> looking;

    CallWatch(RequestDecoder decoder, Duration idleTimeout, CallerMemory memory) {
        this.decoder = decoder;
        this.memory = memory;
        this.lookEveryNanos = idleTimeout.toNanos() / LOOKS_PER_TIMEOUT;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        looking = ctx.executor()
                .scheduleAtFixedRate(() -> look(ctx), lookEveryNanos, lookEveryNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
        ctx.fireChannelInactive();
    }

    private void end() {
        memory.drop();
        if (looking != null) {
            looking.cancel(false);
            looking = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object part) {
        hasHappened = true;
        ctx.fireChannelRead(part);
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (decoder.mayRead()) {
            ctx.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object part, ChannelPromise promise) {
        hasHappened = true;
        ctx.write(part, promise);
        if (CallPipeline.isLast(part) && decoder.isCallUnderWay()) {
            memory.dropBody();
            decoder.onResponse();
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        memory.look();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        memory.look();
    }

    boolean holdBody(long bytes) {
        return memory.holdBody(bytes);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.fireChannelWritabilityChanged();
        decoder.goOnSoon();
    }

    /**
     * A caller that has closed its sending half has hung up; it gets what this turn produces. A caller that closes
     * during a body may wait to be told that the body is incomplete.
     */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (!(event instanceof ChannelInputShutdownEvent)) {
            ctx.fireUserEventTriggered(event);
        } else if (decoder.isAmidBody()) {
            BrokenBody.breaksOff(ctx.pipeline());
        } else {
            ctx.executor().execute(() -> ctx.close());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        FatalLoopError.ifOutOfMemory(cause);
        ctx.fireExceptionCaught(cause);
    }

    private void look(ChannelHandlerContext ctx) {
        looksInVain = isIdle(ctx) ? looksInVain + 1 : 0;
        hasHappened = false;
        if (looksInVain >= LOOKS_PER_TIMEOUT) {
            LOG.debug("An idle connection is closed: {}", ctx.channel());
            ctx.close();
        }
    }

    private boolean isIdle(ChannelHandlerContext ctx) {
        return switch (unread.look(ctx.channel().unsafe().outboundBuffer())) {
            case NONE -> !hasHappened && (!decoder.isCallUnderWay() || decoder.awaitsBody());
            case BEING_TAKEN -> false;
            case LEFT -> true;
        };
    }
}
