package dev.foretell.edge.accept;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/**
 * Reports when an event loop has taken a new connection: its first bytes have been read, or it is silent or closed. The
 * task of a timer runs in a later turn of the loop, after everything that this turn can read. Confined to its event
 * loop.
 */
final class FirstTurn extends ChannelInboundHandlerAdapter {
    private final Runnable takenOn;
    private boolean isOver;

    /** @param takenOn called once */
    FirstTurn(Channel caller, Runnable takenOn) {
        this.takenOn = takenOn;
        caller.closeFuture().addListener(closed -> end());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.executor().schedule(() -> leave(ctx), 1, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        leave(ctx);
    }

    private void leave(ChannelHandlerContext ctx) {
        if (!isOver) {
            end();
            ctx.pipeline().remove(this);
        }
    }

    private void end() {
        if (!isOver) {
            isOver = true;
            takenOn.run();
        }
    }
}
