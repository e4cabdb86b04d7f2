package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Redis that answers, but takes no writes, under a worker with a lease. */
class RedisRefusesTest {
    private static final Pattern CONF =
            Pattern.compile("(?s).*^port (\\d+)$.*^requirepass (\\w+)$.*", Pattern.MULTILINE);

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    @AfterEach
    void takeWritesAgain() throws IOException {
        redis("CONFIG SET maxmemory 0");
        redis("REPLICAOF NO ONE");
        Awaitility.await().until(() -> store().equals("up"));
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIG SET maxmemory 1, it is out of memory (maxmemory)",
        "REPLICAOF 127.0.0.1 1, it is a read-only replica"
    })
    void predictionsGoOnAndNoLeaseRunsOut(String refuse, String why) throws IOException {
        FakeWorker worker = router.worker(answers("2"));
        String put = """
                {"AI":{"fib":[%s]}}""".formatted(worker.entry("\"lease_ms\":5000"));
        Awaitility.await().until(() -> {
            router.replace(put);
            return router.predict().status() == 200;
        });

        redis(refuse);
        Awaitility.await()
                .until(() -> router.get("/readyz")
                        .json()
                        .path("store_reason")
                        .asText()
                        .equals(why));

        Awaitility.await()
                .during(Duration.ofSeconds(8))
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> router.predict().status() == 200);
        Answer refused = router.register(put);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("STATE_STORE_UNAVAILABLE");
        assertThat(refused.detail()).contains(why);
        assertThat(router.get("/readyz").status()).isEqualTo(200);
        assertThat(store()).isEqualTo("refusing");
        assertThat(router.get("/metrics").body()).contains("foretell_state_store_up 0");
    }

    private static String store() {
        return router.get("/readyz").json().path("store").asText();
    }

    /** Says something to the router's own Redis, as an operator would. */
    private static void redis(String command) throws IOException {
        Matcher conf = CONF.matcher(Files.readString(router.folder().resolve("redis.conf")));
        assertThat(conf.matches()).isTrue();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(conf.group(1)))) {
            String commands = "AUTH " + conf.group(2) + "\r\n" + command + "\r\nQUIT\r\n";
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answers).isEqualTo("+OK\r\n+OK\r\n+OK\r\n");
        }
    }
}
