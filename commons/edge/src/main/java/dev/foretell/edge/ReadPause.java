package dev.foretell.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;

/**
 * Leaves a socket unread for a while. Vert.x does so as well, by the same switch, while a request is paused: this one turns it on
 * again only when Vert.x would, too. Confined to its event loop.
 */
final class ReadPause {
    private final Channel channel;
    private final Runnable goOn;
    private boolean isOn;
    private boolean isOnForVertx;
    private boolean isAsking;
    private boolean isEndingSoon;

    /** @param goOn what to do when it is over; is to call {@link #end} */
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

    /** Passes on that a read is complete, which is when Vert.x decides whether it wants more. */
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

    /** Whether Vert.x wants more, as far as it has said so. */
    boolean isEndWanted() {
        return isOn ? !isOnForVertx : channel.config().isAutoRead();
    }

    /** Whether the socket may be read. If not, but Vert.x asks for it, then it ends its own pause. */
    boolean mayRead() {
        if (isOn && !isAsking) {
            isOnForVertx = false;
            channel.config().setAutoRead(false);
        }
        return !isOn;
    }

    /** Goes on in an event of its own, unless Vert.x has a pause as well. */
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
