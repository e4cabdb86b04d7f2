package dev.foretell.router;

import dev.foretell.router.http.edge.HttpConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/** Tells that a port is taken before a Redis is started in vain; where it is taken just then, listening fails as well. */
final class FreePort {
    private FreePort() {}

    /** Fails with an {@link IOException} if nothing can listen there; leaves nothing behind. */
    static Future<Void> require(Vertx vertx, HttpConfig.Listener where) {
        return vertx.executeBlocking(() -> tryOut(where), false).mapEmpty();
    }

    private static @Nullable Object tryOut(HttpConfig.Listener where) throws IOException {
        InetSocketAddress address = new InetSocketAddress(where.host(), where.port());
        if (!address.isUnresolved()) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(address);
            }
        }
        return null;
    }
}
