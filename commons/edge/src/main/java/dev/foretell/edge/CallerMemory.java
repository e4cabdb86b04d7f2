package dev.foretell.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.TimeUnit;

/**
 * The memory held for one caller. If memory is short, callers that send ahead or do not read lose their connection, the
 * largest first. A caller that reads its responses holds nothing and costs one comparison. Confined to its event loop.
 */
final class CallerMemory {
    private static final long GREEDY_BYTES = 64 * 1024;
    private static final long MODEST_BYTES = 4 * 1024;
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final Channel channel;
    private final RequestDecoder decoder;
    private final EdgeMemory memory;
    private long body;
    private long buffers;
    private boolean looksAgain;

    CallerMemory(Channel channel, RequestDecoder decoder, EdgeMemory memory) {
        this.channel = channel;
        this.decoder = decoder;
        this.memory = memory;
    }

    /** Reserves bytes of a body until its call ends. Returns whether they fit; if not, releases all of the body. */
    boolean holdBody(long bytes) {
        memory.bodies().add(bytes - body);
        body = bytes;
        if (memory.bodies().isOver()) {
            dropBody();
            return false;
        }
        return true;
    }

    void dropBody() {
        if (body != 0) {
            memory.bodies().add(-body);
            body = 0;
        }
    }

    /** Call it after anything that may change the number of bytes in this connection's buffers. */
    void look() {
        long now = waitingBytes();
        if (now != buffers) {
            memory.buffers().add(now - buffers);
            buffers = now;
            if (now > 0) {
                closeIfShort();
                lookAgain();
            }
        }
    }

    private long waitingBytes() {
        ChannelOutboundBuffer output = channel.unsafe().outboundBuffer();
        return decoder.bufferSize() + (output == null ? 0 : output.totalPendingWriteBytes());
    }

    private void closeIfShort() {
        MemoryBound all = memory.buffers();
        if (all.isOver() && buffers >= (all.isFarOver() ? MODEST_BYTES : GREEDY_BYTES)) {
            channel.close();
        }
    }

    /** Netty does not report what the caller reads. */
    private void lookAgain() {
        if (!looksAgain) {
            looksAgain = true;
            channel.eventLoop()
                    .schedule(
                            () -> {
                                looksAgain = false;
                                if (buffers != 0) {
                                    look();
                                    lookAgain();
                                }
                            },
                            LOOK_AGAIN_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** The connection has ended; releases everything. */
    void drop() {
        dropBody();
        memory.buffers().add(-buffers);
        buffers = 0;
    }
}
