package dev.foretell.router.upstream.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** Gathers what is written during one turn of the event loop, to leave in one write. Confined to that loop. */
final class TurnWriter {
    private static final int FIRST_BYTES = 1024;

    private final ChannelHandlerContext channel;
    private final WorkerConnection.Timers timers;
    private final Runnable flush = this::flush;
    private @Nullable ByteBuf unsent;
    private int requests;
    private int lastFrom = -1;

    TurnWriter(ChannelHandlerContext channel, WorkerConnection.Timers timers) {
        this.channel = channel;
        this.timers = timers;
    }

    /** To be written to now, one request, not kept. */
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

    /** How many requests have not left yet. */
    int unsent() {
        return requests;
    }

    /** Takes back the last request, if it has not left; false if it has, or one was taken back before. */
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

    /** Writes now rather than at the end of the turn. */
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
