package dev.foretell.router.upstream.connection;

import dev.foretell.router.upstream.call.ResponseMemory;
import dev.foretell.router.upstream.call.ResponseStream;
import dev.foretell.router.upstream.call.Upload;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import org.jspecify.annotations.Nullable;

/**
 * Reserves a connection for one call: for a body that is still arriving, or a response that is passed on in pieces. One
 * read produces one piece. Confined to the connection's event loop.
 */
final class Reservation implements ResponseStream.Source {
    private final NetSocketInternal socket;
    private final ResponseMemory memory;
    private final Runnable breakOff;
    private @Nullable UploadWriter upload;
    private @Nullable ResponseStream stream;
    private @Nullable Buffer piece;
    private boolean taken;

    Reservation(NetSocketInternal socket, ResponseMemory memory, Runnable breakOff) {
        this.socket = socket;
        this.memory = memory;
        this.breakOff = breakOff;
    }

    boolean isTaken() {
        return taken;
    }

    /**
     * Reserves the connection for a call whose head has been written; its body follows here if it has not arrived yet.
     */
    void take(@Nullable Upload body) {
        taken = true;
        if (body != null) {
            UploadWriter writer = new UploadWriter(socket, body.length() < 0);
            upload = writer;
            body.sendTo(writer);
        }
    }

    /** Reserves the connection, unless it already is, for a response that has begun. */
    ResponseStream takeForStream(ResponseAssembler head) {
        taken = true;
        ResponseStream begun = new ResponseStream(this, head.contentLength(), head.saysWhose(), memory);
        stream = begun;
        hold();
        return begun;
    }

    /** The response that is being passed on, if any. */
    @Nullable
    ResponseStream stream() {
        return stream;
    }

    void add(HttpContent part) {
        ByteBuf bytes = part.content();
        if (bytes.isReadable()) {
            Buffer all = piece == null ? Buffer.buffer(bytes.readableBytes()) : piece;
            byte[] more = new byte[bytes.readableBytes()];
            bytes.readBytes(more);
            piece = all.appendBytes(more);
        }
    }

    /** One read has been handled. */
    void passOn() {
        Buffer whole = piece;
        piece = null;
        if (whole != null && stream != null) {
            stream.add(whole);
        }
    }

    /** The call has ended. Returns whether the connection is unusable, because the call's body is incomplete. */
    boolean release() {
        taken = false;
        if (stream != null) {
            passOn();
            stream = null;
            goOn();
        }
        UploadWriter writer = upload;
        upload = null;
        if (writer != null) {
            writer.stop();
        }
        return writer != null && !writer.isEnded();
    }

    @Override
    public void hold() {
        socket.channelHandlerContext().channel().config().setAutoRead(false);
    }

    @Override
    public void goOn() {
        socket.channelHandlerContext().channel().config().setAutoRead(true);
    }

    @Override
    public void letGo() {
        breakOff.run();
    }
}
