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
 * Reads requests one after another, and so many pieces at a time. What came in beyond that stays undecoded, and nothing more is
 * read from the socket until it is its turn: a caller that sends ahead costs what one read brings. Confined to its event loop.
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

    /** A half head is no request once its connection is gone: nobody is there to be told so. */
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
     * Where a head breaks a rule, nobody can be sure where its body ends, and what is in it is no request (RFC 9112, 11.2): it is all
     * that is read of the connection.
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
                pipeline.addAfter(CallerConnection.WATCH, null, new FormGuard());
            }
            BodyCoding coding = BodyCoding.takeFrom(head);
            if (coding != null) {
                pipeline.addAfter(CallerConnection.WATCH, null, new BodyInflater(this, coding));
            }
        }
    }

    /** Behind chunks that cannot be read nothing can. */
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

    /** The rest of what has begun always; what is new, once the call before it is answered and enough of it taken. */
    private boolean isTurn() {
        return !isRefused
                && !isHeld
                && (!awaitsHead || (!isCallUnderWay && pipeline.channel().isWritable()));
    }

    /** Decodes no more of a body until there is leave again: what came of it is still being worked on. */
    void hold(boolean held) {
        isHeld = held;
        goOnSoon();
    }

    /** Whether whoever reads the body takes more of it now, given that it was told that what it has is all for this turn. */
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

    /** Not the inherited way, which reads on by itself where nothing was decoded. */
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

    /** The answer of the call that is under way has been written. */
    void onResponse() {
        isCallUnderWay = false;
        goOnSoon();
    }

    boolean isCallUnderWay() {
        return isCallUnderWay;
    }

    /** Whether a request's head has come, but not all of its body. */
    boolean isAmidBody() {
        return isCallUnderWay && !awaitsHead && !isRefused;
    }

    /** What came in and is kept for later: the whole of the buffer that it is in. */
    int bufferSize() {
        return isOver || actualReadableBytes() == 0 ? 0 : internalBuffer().capacity();
    }

    /** Whether it is the caller's turn to go on with the body of its request. */
    boolean awaitsBody() {
        return !awaitsHead && pipeline.channel().config().isAutoRead();
    }

    /** To be called when there may be leave to go on; it does so later, after what is being done now. */
    void goOnSoon() {
        if (pause.isOn() && isTurn()) {
            pause.endSoon();
        }
    }

    /** Somebody wants to have the socket read: whether that may be now. */
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
