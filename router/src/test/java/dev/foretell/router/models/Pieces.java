package dev.foretell.router.models;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A body in pieces, each given only when asked for; at the end it ends, or breaks off. */
public final class Pieces implements ReadStream<Buffer> {
    final AtomicInteger given = new AtomicInteger();
    private final Vertx vertx;
    private final Queue<String> pieces;
    private final boolean breaksOff;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Void> endHandler;
    private @Nullable Handler<Throwable> exceptionHandler;

    private Pieces(Vertx vertx, boolean breaksOff, List<String> pieces) {
        this.vertx = vertx;
        this.breaksOff = breaksOff;
        this.pieces = new ArrayDeque<>(pieces);
    }

    public static Pieces of(Vertx vertx, String... pieces) {
        return new Pieces(vertx, false, List.of(pieces));
    }

    public static Pieces breakingOff(Vertx vertx, String... pieces) {
        return new Pieces(vertx, true, List.of(pieces));
    }

    @Override
    public Pieces exceptionHandler(@Nullable Handler<Throwable> to) {
        exceptionHandler = to;
        return this;
    }

    @Override
    public Pieces handler(@Nullable Handler<Buffer> to) {
        handler = to;
        return this;
    }

    @Override
    public Pieces endHandler(@Nullable Handler<Void> to) {
        endHandler = to;
        return this;
    }

    @Override
    public Pieces pause() {
        return this;
    }

    @Override
    public Pieces resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public Pieces fetch(long amount) {
        vertx.runOnContext(v -> give());
        return this;
    }

    private void give() {
        String piece = pieces.poll();
        if (piece != null && handler != null) {
            given.incrementAndGet();
            handler.handle(Buffer.buffer(piece));
        } else if (breaksOff && exceptionHandler != null) {
            exceptionHandler.handle(new IllegalStateException("gone"));
        } else if (endHandler != null) {
            endHandler.handle(null);
        }
    }
}
