import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;

/** The least that a Vert.x server can do: as many event loops as cores, each answering everything with {@code 2}. */
public final class BareServer extends AbstractVerticle {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final Buffer TWO = Buffer.buffer("2");

    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        int loops = Runtime.getRuntime().availableProcessors();
        int port = Integer.parseInt(arguments[0]);
        vertx.deployVerticle(() -> new BareServer(port), new DeploymentOptions().setInstances(loops));
    }

    private final int port;

    private BareServer(int port) {
        this.port = port;
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.createHttpServer(new HttpServerOptions().setPort(port).setTcpNoDelay(true).setHttp2ClearTextEnabled(false))
                .requestHandler(request -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                        .end(TWO))
                .listen()
                .<Void>mapEmpty()
                .onComplete(started);
    }
}
