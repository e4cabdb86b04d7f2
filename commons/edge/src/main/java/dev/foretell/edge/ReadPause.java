package dev.foretell.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/**
 * Pauses reading from a socket. Vert.x uses the same switch while a request is paused, so this class turns reading on
 * again only if Vert.x would too. Confined to its event loop.
 */
final class ReadPause {
    private final Channel channel;
    private final Runnable goOn;
    private boolean isOn;
    private boolean isOnForVertx;
    private boolean isAsking;
    private boolean isEndingSoon;

    /** @param goOn runs after the pause; it must call {@link #end} */
    ReadPause(Channel channel, Runnable goOn) {
        this.channel = channel;
        this.goOn = goOn;
    }

    boolean isOn() {
        return isOn;
    }

    void begin() {
        if (!isOn) {
            isOn = true;
            isOnForVertx = !channel.config().isAutoRead();
            channel.config().setAutoRead(false);
        }
    }

    /** Passes on that a read is complete; Vert.x then decides whether it wants more. */
    void readComplete(ChannelHandlerContext ctx) {
        if (isOn) {
            isAsking = true;
            channel.config().setAutoRead(!isOnForVertx);
            ctx.fireChannelReadComplete();
            isOnForVertx = !channel.config().isAutoRead();
            channel.config().setAutoRead(false);
            isAsking = false;
        } else {
            ctx.fireChannelReadComplete();
        }
    }

    /** Whether Vert.x wants more, as far as it has decided. */
    boolean isEndWanted() {
        return isOn ? !isOnForVertx : channel.config().isAutoRead();
    }

    /** Whether the socket may be read. If not, and Vert.x asks for a read, Vert.x ends its own pause. */
    boolean mayRead() {
        if (isOn && !isAsking) {
            isOnForVertx = false;
            channel.config().setAutoRead(false);
        }
        return !isOn;
    }

    /** Continues in a separate event, unless Vert.x is paused too. */
    void endSoon() {
        if (!isEndingSoon && !isOnForVertx) {
            isEndingSoon = true;
            channel.eventLoop().execute(this::endIfOn);
        }
    }

    private void endIfOn() {
        isEndingSoon = false;
        if (isOn && !isOnForVertx) {
            goOn.run();
        }
    }

    void end() {
        isOn = false;
        channel.config().setAutoRead(true);
    }
}
