package dev.foretell.edge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates HTTP clients that do not log broken connections. The request on such a connection fails, and its sender
 * reports that. Vert.x would also log the system's message as an ERROR, even for an idle connection.
 */
public final class QuietHttpClient {
    private static final Logger LOG = LoggerFactory.getLogger(QuietHttpClient.class);

    private QuietHttpClient() {}

    public static HttpClient of(Vertx vertx, HttpClientOptions options, PoolOptions pool) {
        return vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(connection ->
                        connection.exceptionHandler(broken -> LOG.debug("a connection that was made broke", broken)))
                .build();
    }
}
