package dev.foretell.worker.registration;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.foretell.edge.EventLoops;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a worker says of its routers, for whoever reads its log. */
class RegistrationLogTest {
    private final Vertx vertx = EventLoops.AUTO.vertx();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        root().addAppender(log);
        of(Registration.class).setLevel(Level.INFO);
    }

    @AfterEach
    void close() {
        root().detachAppender(log);
        of(Registration.class).setLevel(null);
        join(vertx.close());
    }

    private static Logger of(Class<?> type) {
        return (Logger) LoggerFactory.getLogger(type);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Test
    void aRouterThatEndsIsALeaseThatIsNotRenewedInPlainWords() throws Exception {
        try (ScriptedRouter router = new ScriptedRouter(0)) {
            String url = router.url();
            int port = router.port();
            join(registration(url).start());
            router.close();

            awaitLine(Level.WARN, "the lease is not renewed at " + url + ": nothing listens there; trying on");

            try (ScriptedRouter again = new ScriptedRouter(port)) {
                again.next();
                awaitLine(Level.INFO, "the lease is renewed again at " + url);
            }
        }
        assertThat(lines(Level.ERROR)).isEmpty();
    }

    @Test
    void aConnectionThatARouterResetsIsNoError() throws Exception {
        try (ServerSocket router = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Registration registration = registration("http://127.0.0.1:" + router.getLocalPort());
            Future<Void> started = registration.start();

            resetNext(router);
            join(started);
            resetNext(router);

            awaitLine(
                    Level.WARN,
                    "not registered with http://127.0.0.1:" + router.getLocalPort()
                            + ": it broke the connection off; trying on");
        }
        assertThat(lines(Level.ERROR)).isEmpty();
    }

    /** Reads a little and closes: the rest is lost, and the system says so with a reset. */
    private static void resetNext(ServerSocket router) throws IOException {
        try (Socket socket = router.accept()) {
            socket.setSoLinger(true, 0);
            assertThat(socket.getInputStream().read()).isPositive();
        }
    }

    @Test
    void aTokenThatChangesIsOneErrorThatNamesTheSetting() throws Exception {
        try (ScriptedRouter router = new ScriptedRouter(0)) {
            Registration registration = registration(router.url());
            assertThat(registration.state().isRegistered()).isFalse();
            join(registration.start());
            assertThat(registration.state()).isEqualTo(new RegistrationState(router.url(), null));

            router.answers(401, """
                    {"detail":"the token is wrong"}""");
            String trouble = "the router answered 401: the token is wrong (--router-token-file, the setting"
                    + " registration.key-file, or $FORETELL_TOKEN)";
            awaitLine(Level.ERROR, "the lease is not renewed at " + router.url() + ": " + trouble);
            for (int i = 0; i < 5; i++) {
                router.next();
            }

            assertThat(registration.state()).isEqualTo(new RegistrationState(router.url(), trouble));
            assertThat(lines(Level.ERROR)).hasSize(1);
        }
    }

    @Test
    void routersThatShareNoStateAreSaidOnce() throws Exception {
        try (ScriptedRouter first = new ScriptedRouter(0);
                ScriptedRouter second = new ScriptedRouter(0);
                ScriptedRouter third = new ScriptedRouter(0)) {
            third.knowsNoWorker();
            join(registration(first.url(), second.url(), third.url()).start());

            String line = third.url() + " does not know this worker, which is registered with " + first.url()
                    + ": they do not share their Redis";
            awaitLine(Level.WARN, line);
            for (int i = 0; i < 5; i++) {
                first.next();
            }

            assertThat(lines(Level.WARN)).singleElement().asString().startsWith(line);
        }
    }

    private void awaitLine(Level level, String start) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(lines(level)).anyMatch(line -> line.startsWith(start)));
    }

    private List<String> lines(Level level) {
        return log.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private Registration registration(String... routers) {
        RegistrationConfig config = new RegistrationConfig(
                new RegistrationConfig.Routers(List.of(routers), "", Duration.ofSeconds(30)),
                new RegistrationConfig.Identity("AI", "", "", 0),
                Duration.ofMillis(1_500));
        return new Registration(
                vertx, config, new Registration.Self(List.of("fib"), "127.0.0.1", 4711, "this-process"), new Random(1));
    }

    private static void join(Future<?> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
