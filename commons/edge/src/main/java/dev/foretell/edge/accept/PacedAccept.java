package dev.foretell.edge.accept;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Accepts connections no faster than the event loops take them; beyond a few, new ones wait in the kernel. Otherwise,
 * callers that connect and close would fill one turn of a loop with thousands of setups and delay all other callers.
 *
 * <p>While several connections wait for their loop, one that its caller has already closed is dropped without reading
 * it. Confined to the accepting event loop, except {@link #onTurn}.
 */
final class PacedAccept extends ChannelInboundHandlerAdapter {
    static final int MAX_NEW = 64;
    private static final int MANY_NEW = MAX_NEW / 4;
    private static final int FEW_NEW = MAX_NEW / 2;

    private final PausedAccept pause;
    private final Predicate<Channel> hasLeft;
    private final AtomicInteger fresh = new AtomicInteger();
    private final AtomicBoolean isFull = new AtomicBoolean();

    /** @param hasLeft whether a caller has closed its connection, as far as that is known before the first read */
    PacedAccept(PausedAccept pause, Predicate<Channel> hasLeft) {
        this.pause = pause;
        this.hasLeft = hasLeft;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        Channel caller = (Channel) accepted;
        if (fresh.get() >= MANY_NEW && hasLeft.test(caller)) {
            caller.unsafe().closeForcibly();
            return;
        }
        if (fresh.incrementAndGet() >= MAX_NEW && isFull.compareAndSet(false, true)) {
            pause.begin(ctx.channel());
            goOnIfFew(ctx.channel());
        }
        caller.pipeline().addLast(new FirstTurn(caller, () -> onTurn(ctx.channel())));
        ctx.fireChannelRead(caller);
    }

    /** Runs on the caller's event loop. */
    private void onTurn(Channel listening) {
        fresh.decrementAndGet();
        if (isFull.get()) {
            goOnIfFew(listening);
        }
    }

    private void goOnIfFew(Channel listening) {
        if (fresh.get() <= FEW_NEW && isFull.compareAndSet(true, false)) {
            listening.eventLoop().execute(() -> pause.end(listening));
        }
    }
}
