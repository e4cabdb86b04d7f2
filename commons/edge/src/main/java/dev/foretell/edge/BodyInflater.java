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
 * Undoes the compression of one request's body, ahead of all that reads it, whose bounds are then bounds of what comes out. That may
 * be a thousand times what came in: it is made in slices, between which other connections have their turn, no faster than it is
 * taken, and no further than the answer. Added for requests that have such a body, gone with its end. Confined to its event loop.
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

    /** Whether there may be more. */
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

    /** Whoever reads the body takes more of it. */
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

    /** Vert.x closes the connection as it tells of failures; but this one is whole, and its caller is to get an answer. */
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

    /** What comes behind the answer is read, and is of no use. */
    @Override
    public void write(ChannelHandlerContext ctx, Object part, ChannelPromise promise) {
        isOver |= CallWatch.isLast(part);
        ctx.write(part, promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        isBusy = false;
        inflation.close();
    }
}
