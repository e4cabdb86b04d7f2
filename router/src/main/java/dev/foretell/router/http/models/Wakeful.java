package dev.foretell.router.http.models;

import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * Keeps a caller's connection while its request is being worked on, however long nothing is said there: {@code
 * http.idle-timeout} is for those of whom nothing more is to come. To be used where the work ends by itself, on the
 * request's event loop.
 */
final class Wakeful {
    private static final long TIMES_IN_A_TIMEOUT = 3;

    private Wakeful() {}

    static void until(Future<?> done, HttpServerRequest request) {
        if (!done.isComplete() && request.connection() instanceof HttpServerConnection connection) {
            IdleStateHandler idle =
                    connection.channelHandlerContext().pipeline().get(IdleStateHandler.class);
            if (idle != null) {
                stir(done, connection.context().owner(), idle);
            }
        }
    }

    private static void stir(Future<?> done, Vertx vertx, IdleStateHandler idle) {
        long often = Math.max(1, idle.getAllIdleTimeInMillis() / TIMES_IN_A_TIMEOUT);
        long timer = vertx.setPeriodic(often, again -> idle.resetReadTimeout());
        done.onComplete(over -> vertx.cancelTimer(timer));
    }
}
