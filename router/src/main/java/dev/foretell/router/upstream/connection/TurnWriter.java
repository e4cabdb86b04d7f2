package dev.foretell.router.upstream.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** Collects the writes of one event-loop turn into one write. Confined to that loop. */
final class TurnWriter {
    private static final int FIRST_BYTES = 1024;

    private final ChannelHandlerContext channel;
    private final TurnTimers timers;
    private final Runnable flush = this::flush;
    private @Nullable ByteBuf unsent;
    private int requests;
    private int lastFrom = -1;

    TurnWriter(ChannelHandlerContext channel, TurnTimers timers) {
        this.channel = channel;
        this.timers = timers;
    }

    /** The buffer for one request; use it at once and do not keep it. */
    ByteBuf buffer() {
        requests++;
        ByteBuf out = unsent;
        if (out == null) {
            out = channel.alloc().buffer(FIRST_BYTES);
            unsent = out;
            timers.atEndOfTurn(flush);
        }
        lastFrom = out.writerIndex();
        return out;
    }

    /** The number of requests that have not been sent yet. */
    int unsent() {
        return requests;
    }

    /** Removes the last request if it has not been sent; false if it has, or if one was removed before. */
    boolean takeBackLast() {
        ByteBuf out = unsent;
        if (out == null || lastFrom < 0) {
            return false;
        }
        out.writerIndex(lastFrom);
        lastFrom = -1;
        requests--;
        return true;
    }

    /** Writes now instead of at the end of the turn. */
    void flush() {
        ByteBuf out = unsent;
        unsent = null;
        requests = 0;
        if (out == null) {
            return;
        }
        if (out.isReadable()) {
            channel.writeAndFlush(out, channel.voidPromise());
        } else {
            out.release();
        }
    }

    void discard() {
        ByteBuf out = unsent;
        unsent = null;
        requests = 0;
        if (out != null) {
            out.release();
        }
    }
}
