package dev.foretell.edge;

import dev.foretell.edge.inflate.BodyCoding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.time.Duration;
import java.util.List;

/**
 * Decodes requests one after another, and a bounded number of pieces at a time. Further bytes stay undecoded, and the
 * socket is not read until their turn, so a caller that sends ahead costs at most one read. Confined to its event loop.
 */
final class RequestDecoder extends VertxHttpRequestDecoder {
    private static final int MAX_PIECES_AT_ONCE = 64;

    private final ChannelPipeline pipeline;
    private final HeadTimeout headTimeout;
    private final ReadPause pause;
    private boolean awaitsHead = true;
    private boolean isCallUnderWay;
    private boolean isOver;
    private boolean isRefused;
    private boolean isHeld;
    private int pieces;

    RequestDecoder(HttpServerOptions options, ChannelPipeline pipeline, Duration headTimeout) {
        super(options);
        this.pipeline = pipeline;
        this.headTimeout = new HeadTimeout(headTimeout, () -> isCallUnderWay = true);
        this.pause = new ReadPause(pipeline.channel(), this::goOn);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        headTimeout.start(ctx);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        headTimeout.end();
        super.handlerRemoved0(ctx);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        isOver = true;
        headTimeout.end();
        super.channelInactive(ctx);
    }

    /** An incomplete head of a closed connection is not a request: nobody would read the response. */
    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {}

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (isRefused) {
            in.skipBytes(in.readableBytes());
        }
        if (isOver || !mayDecode()) {
            return;
        }
        super.decode(ctx, in, out);
        if (!out.isEmpty()) {
            if (awaitsHead) {
                check(out);
            }
            checkBody(out.get(out.size() - 1));
            onDecode(out.get(out.size() - 1));
        } else if (awaitsHead) {
            headTimeout.headIsBegun();
        }
    }

    /**
     * If a head violates a rule, the end of its body is unknown and its content is not a request (RFC 9112, 11.2).
     * Nothing more is read from the connection.
     */
    private void check(List<Object> out) {
        if (out.get(0) instanceof HttpRequest head && head.decoderResult().isSuccess()) {
            HttpRequest refused = HeadRules.refusal(head);
            if (refused != null) {
                isRefused = true;
                out.forEach(ReferenceCountUtil::release);
                out.clear();
                out.add(refused);
                return;
            }
            if (FormGuard.isFor(head)) {
                CallPipeline.add(pipeline, new FormGuard());
            }
            BodyCoding coding = BodyCoding.takeFrom(head);
            if (coding != null) {
                CallPipeline.add(pipeline, new BodyInflater(this, coding));
            }
        }
    }

    /** Nothing after unreadable chunks can be decoded. */
    private void checkBody(Object last) {
        if (!(last instanceof HttpRequest)
                && last instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            isRefused = true;
            if (isCallUnderWay || awaitsHead) {
                BrokenBody.ofChunks(pipeline, content.decoderResult().cause());
            }
        }
    }

    private void onDecode(Object last) {
        pieces++;
        if (awaitsHead) {
            headTimeout.end();
            isCallUnderWay = true;
        }
        awaitsHead = last instanceof LastHttpContent;
    }

    private boolean mayDecode() {
        return pieces < MAX_PIECES_AT_ONCE && isTurn();
    }

    /**
     * The rest of a started request may always be decoded; a new request only after the previous response, and if the
     * caller has read enough of it.
     */
    private boolean isTurn() {
        return !isRefused
                && !isHeld
                && (!awaitsHead || (!isCallUnderWay && pipeline.channel().isWritable()));
    }

    /** Stops decoding the body until {@code held} is false again, because the last piece is still in use. */
    void hold(boolean held) {
        isHeld = held;
        goOnSoon();
    }

    /** Whether the consumer of the body wants more after this turn's pieces. */
    boolean isMoreWanted() {
        pause.readComplete(pipeline.context(this));
        return pause.isEndWanted();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object input) throws Exception {
        super.channelRead(ctx, input);
        if (actualReadableBytes() > 0 && !mayDecode()) {
            pause.begin();
        }
    }

    /** Does not call the inherited method, which would read on if nothing was decoded. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        discardSomeReadBytes();
        pause.readComplete(ctx);
        pieces = 0;
        if (awaitsHead && !isCallUnderWay) {
            headTimeout.startIfBegun(ctx);
        }
        goOnSoon();
    }

    /** The response to the current call has been written. */
    void onResponse() {
        isCallUnderWay = false;
        goOnSoon();
    }

    boolean isCallUnderWay() {
        return isCallUnderWay;
    }

    /** Whether the head of a request has arrived, but not all of its body. */
    boolean isAmidBody() {
        return isCallUnderWay && !awaitsHead && !isRefused;
    }

    /** The size of the buffer of undecoded bytes. */
    int bufferSize() {
        return isOver || actualReadableBytes() == 0 ? 0 : internalBuffer().capacity();
    }

    /** Whether the caller has to send more of its body now. */
    boolean awaitsBody() {
        return !awaitsHead && pipeline.channel().config().isAutoRead();
    }

    /** Call it when decoding may be allowed again; it continues after the current event. */
    void goOnSoon() {
        if (pause.isOn() && isTurn()) {
            pause.endSoon();
        }
    }

    /** Whether the socket may be read now that somebody wants to read it. */
    boolean mayRead() {
        boolean may = pause.mayRead();
        goOnSoon();
        return may;
    }

    private void goOn() {
        if (!isOver && isTurn()) {
            pause.end();
            pipeline.fireChannelRead(Unpooled.EMPTY_BUFFER);
            pipeline.fireChannelReadComplete();
        }
    }
}
