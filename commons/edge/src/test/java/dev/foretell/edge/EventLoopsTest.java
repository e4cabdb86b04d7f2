package dev.foretell.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventLoopsTest {
    @Test
    void nioIsEverywhere() {
        Vertx vertx = EventLoops.NIO.vertx();

        assertThat(nameOf(vertx)).contains("NioTransport");
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void autoTakesEpollWhereItIs() {
        Vertx vertx = EventLoops.AUTO.vertx();

        assertThat(nameOf(vertx)).contains(has(Transport.EPOLL) ? "EpollTransport" : "NioTransport");
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatIsAskedForByNameIsThereOrAnError() {
        if (has(Transport.EPOLL)) {
            EventLoops.EPOLL
                    .vertx()
                    .close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } else {
            assertThatThrownBy(EventLoops.EPOLL::vertx).hasMessageContaining("no epoll");
        }
    }

    private static String nameOf(Vertx vertx) {
        return ((VertxInternal) vertx).transport().toString();
    }

    private static boolean has(@Nullable Transport transport) {
        return transport != null && transport.available();
    }
}
