package dev.foretell.edge;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP client to whom a connection that breaks is no error of this process: the request on it fails, and whoever sent it says
 * so. Vert.x would write the system's words as an ERROR into the log besides, also of a connection that nobody used just then.
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
