package dev.foretell.edge;

import dev.foretell.edge.inflate.BodyCoding;
import dev.foretell.edge.inflate.Inflation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Locale;
import java.util.zip.DataFormatException;

/**
 * Decompresses the body of one request before any consumer reads it, so that the consumer's bounds apply to the
 * decompressed bytes. The output can be a thousand times longer than the input, so it is produced in slices, between
 * which other connections get their turn. It is produced only as fast as the consumer reads it, and only until the
 * response. Added to the pipeline for compressed bodies and removed at their end. Confined to its event loop.
 */
final class BodyInflater extends ChannelDuplexHandler {
    private static final int PIECE_BYTES = 16 * 1024;
    private static final int PIECES_AT_ONCE = 8;

    private final RequestDecoder decoder;
    private final String coding;
    private final Inflation inflation;
    private boolean isFed;
    private boolean isLastFed;
    private boolean isOver;
    private boolean isBusy;
    private boolean isTelling;

    BodyInflater(RequestDecoder decoder, BodyCoding coding) {
        this.decoder = decoder;
        this.coding = coding.name().toLowerCase(Locale.ROOT);
        this.inflation = coding.inflation();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object part) {
        if (!(part instanceof HttpContent content) || content.decoderResult().isFailure()) {
            ctx.fireChannelRead(part);
            return;
        }
        try {
            isLastFed = part instanceof LastHttpContent;
            feed(ByteBufUtil.getBytes(content.content()));
        } finally {
            ReferenceCountUtil.release(part);
        }
        inflate(ctx);
        if (isBusy) {
            decoder.hold(true);
            goOn(ctx);
        }
    }

    private void feed(byte[] compressed) {
        if (compressed.length > 0 && !isOver) {
            inflation.feed(compressed);
            isFed = true;
        }
    }

    private void inflate(ChannelHandlerContext ctx) {
        try {
            isBusy = !isOver && passPieces(ctx);
        } catch (DataFormatException e) {
            tell(ctx);
        }
        if (!isBusy && isLastFed) {
            end(ctx);
        }
    }

    /** Passes pieces on; returns whether there may be more. */
    private boolean passPieces(ChannelHandlerContext ctx) throws DataFormatException {
        for (int pieces = 0; pieces < PIECES_AT_ONCE && !isOver; pieces++) {
            ByteBuf piece = Unpooled.buffer(PIECE_BYTES);
            int inflated = inflation.inflate(piece.array());
            if (inflated == 0) {
                return false;
            }
            ctx.fireChannelRead(new DefaultHttpContent(piece.writerIndex(inflated)));
        }
        return !isOver;
    }

    private void goOn(ChannelHandlerContext ctx) {
        ctx.executor().execute(() -> {
            if (isBusy && !ctx.isRemoved()) {
                takeTurn(ctx);
            }
        });
    }

    private void takeTurn(ChannelHandlerContext ctx) {
        inflate(ctx);
        boolean isMoreWanted = decoder.isMoreWanted();
        if (!isBusy) {
            decoder.hold(false);
        } else if (isMoreWanted) {
            goOn(ctx);
        }
    }

    /** The consumer of the body wants more. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        if (isBusy) {
            goOn(ctx);
        }
        ctx.read();
    }

    private void end(ChannelHandlerContext ctx) {
        if (isFed && !isOver && !inflation.isWhole()) {
            tell(ctx);
        }
        ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
        ctx.pipeline().remove(this);
    }

    /**
     * Vert.x closes the connection when it reports a failure; this connection is still usable, and the caller gets a
     * response.
     */
    private void tell(ChannelHandlerContext ctx) {
        isBusy = false;
        isOver = true;
        isTelling = true;
        ctx.fireExceptionCaught(
                new UnreadableBody("the body is not what its Content-Encoding says, " + coding + ", or not all of it"));
        isTelling = false;
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (isTelling) {
            promise.trySuccess();
        } else {
            ctx.close(promise);
        }
    }

    /** The rest of the body after the response is read and discarded. */
    @Override
    public void write(ChannelHandlerContext ctx, Object part, ChannelPromise promise) {
        isOver |= CallPipeline.isLast(part);
        ctx.write(part, promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        isBusy = false;
        inflation.close();
    }
}
