package dev.foretell.router.upstream.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.health.HealthConfig;
import dev.foretell.router.health.HealthMonitor;
import dev.foretell.router.health.WorkerStatus;
import dev.foretell.router.health.WorkerStatuses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What views show of a host's health while it changes. */
class WorkerHostHealthTest {
    private final Vertx vertx = Vertx.vertx();
    private final HealthMonitor monitor = new HealthMonitor(
            vertx, HealthConfig.defaults(), null, new Forgetful(), Clock.systemUTC(), System::nanoTime);
    private HttpServer worker;

    /** Nothing is kept. */
    private static final class Forgetful implements WorkerStatuses {
        @Override
        public Future<Map<WorkerId, WorkerStatus>> load() {
            return Future.succeededFuture(Map.of());
        }

        @Override
        public Future<Void> save(Map<WorkerId, WorkerStatus> statuses) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> forget(Set<WorkerId> workers) {
            return Future.succeededFuture();
        }
    }

    @BeforeEach
    void startWorker() throws IOException {
        worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        worker.start();
    }

    @AfterEach
    void stop() {
        monitor.stop();
        worker.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Else it is shown as ready before its warm-up can have begun. */
    @Test
    void isReadyOnceTheEndpointIsUpAndNotBefore() throws Exception {
        WorkerHost host = new WorkerHost(
                new WorkerHost.Address("127.0.0.1", worker.getAddress().getPort()),
                new SlowStart(Duration.ZERO, System::nanoTime));
        CompletableFuture<WorkerStatus.State> whileItComesUp = new CompletableFuture<>();
        host.onChange(() ->
                whileItComesUp.complete(monitor.statusOf(host).orElseThrow().state()));

        monitor.watch(host);

        assertThat(whileItComesUp.get(60, TimeUnit.SECONDS)).isEqualTo(WorkerStatus.State.JOINING);
        assertThat(host.isUp()).isTrue();
    }
}
