package dev.foretell.edge.accept;

import dev.foretell.edge.loop.FatalLoopError;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts no connections while there is a reason not to: when {@link PacedAccept} has enough, and for a second after one could not be accepted, most likely as this process has as many files open as it
 * may: trying again at once would only keep a core busy. Says so once a minute. Confined to its event loop.
 */
final class PausedAccept extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PausedAccept.class);
    private static final long PAUSE_SECONDS = 1;
    private static final long SAY_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private int reasons;
    private boolean isResting;
    private boolean wasSaid;
    private long saidAtNanos;

    /** Not passed on: Netty's own handler would log each. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        FatalLoopError.ifOutOfMemory(cause);
        say(cause);
        if (!isResting) {
            isResting = true;
            begin(ctx.channel());
            ctx.executor().schedule(() -> goOn(ctx), PAUSE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void goOn(ChannelHandlerContext ctx) {
        isResting = false;
        end(ctx.channel());
    }

    /** There is one more reason; to be called on the listening socket's event loop, as its end. */
    void begin(Channel listening) {
        reasons++;
        listening.config().setAutoRead(false);
    }

    void end(Channel listening) {
        reasons--;
        if (reasons == 0) {
            listening.config().setAutoRead(true);
        }
    }

    private void say(Throwable cause) {
        long now = System.nanoTime();
        if (!wasSaid || now - saidAtNanos > SAY_EVERY_NANOS) {
            wasSaid = true;
            saidAtNanos = now;
            LOG.warn("No connection can be accepted, trying again every second: {}", cause.getMessage());
        }
    }
}
