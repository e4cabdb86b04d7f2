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
 * What keeps a connection for one call alone: a body that is still coming in, or an answer that is passed on in pieces. What
 * one read brings is one piece. Confined to the connection's event loop.
 */
final class Reservation implements ResponseStream.Source {
    private final NetSocketInternal socket;
    private final ResponseMemory memory;
    private final Runnable breakOff;
    private @Nullable UploadWriter upload;
    private @Nullable ResponseStream answer;
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

    /** Takes the connection for a call, whose head has been written; its body follows from here, if it is yet to come. */
    void take(@Nullable Upload body) {
        taken = true;
        if (body != null) {
            UploadWriter writer = new UploadWriter(socket, body.length() < 0);
            upload = writer;
            body.sendTo(writer);
        }
    }

    /** Takes the connection, if it was not, for an answer that has begun. */
    ResponseStream takeForAnswer(ResponseAssembler head) {
        taken = true;
        ResponseStream begun = new ResponseStream(this, head.contentLength(), head.saysWhose(), memory);
        answer = begun;
        hold();
        return begun;
    }

    /** The answer that is being passed on, if one is. */
    @Nullable
    ResponseStream answer() {
        return answer;
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

    /** What one read brought has been read. */
    void passOn() {
        Buffer whole = piece;
        piece = null;
        if (whole != null && answer != null) {
            answer.add(whole);
        }
    }

    /** The call is over. Whether the connection is of no further use: the call's body is yet to come. */
    boolean release() {
        taken = false;
        if (answer != null) {
            passOn();
            answer = null;
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
