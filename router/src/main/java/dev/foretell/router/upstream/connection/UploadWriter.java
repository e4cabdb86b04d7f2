package dev.foretell.router.upstream.connection;

import dev.foretell.router.upstream.call.Upload;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/** Writes the body of one request in pieces, chunked (RFC 9112, 7.1) if its length is unknown. */
final class UploadWriter implements Upload.Taker {
    private static final Buffer LAST_CHUNK = Buffer.buffer("0\r\n\r\n");

    private final NetSocket socket;
    private final boolean inChunks;
    private boolean ended;
    private boolean stopped;

    UploadWriter(NetSocket socket, boolean inChunks) {
        this.socket = socket;
        this.inChunks = inChunks;
    }

    boolean isEnded() {
        return ended;
    }

    /** The connection does not need the rest. */
    void stop() {
        stopped = true;
        socket.drainHandler(null);
    }

    @Override
    public boolean take(Buffer piece) {
        if (stopped || piece.length() == 0) {
            return true;
        }
        socket.write(inChunks ? chunk(piece) : piece);
        return !socket.writeQueueFull();
    }

    private static Buffer chunk(Buffer piece) {
        return Buffer.buffer(piece.length() + 12)
                .appendString(Integer.toHexString(piece.length()))
                .appendString("\r\n")
                .appendBuffer(piece)
                .appendString("\r\n");
    }

    @Override
    public void end() {
        ended = true;
        if (inChunks && !stopped) {
            socket.write(LAST_CHUNK.copy());
        }
    }

    @Override
    public void onRoom(Runnable goOn) {
        socket.drainHandler(room -> goOn.run());
    }
}
