package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections that carry nothing for longer than a connection may be idle. */
@OnEveryTransport
class IdleConnectionsTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("http.idle-timeout", "1s");

    @Test
    void aLongLookAtAFileOutlivesTheTimeThatAConnectionMayBeSilent() throws IOException {
        FakeHost host = FakeHost.at(router).inspects(Scripts.slow(1800, FakeHost.FOUND));
        Awaitility.await().ignoreExceptions().untilAsserted(() -> host.servesAlone(router));

        try (RawClient client = RawClient.to(router.port())) {
            client.say("PUT /v1/models/slow/versions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
                    + "Connection: close\r\n\r\nslow");

            assertThat(client.readAll()).startsWith("HTTP/1.1 201 ");
        }
    }

    @Test
    void aCallThatTakesLongerThanAConnectionMayBeSilentIsAnswered() throws IOException {
        FakeWorker worker = router.worker(Scripts.slow(2500, "3"));
        Awaitility.await().ignoreExceptions().untilAsserted(() -> router.serve(worker));
        String body = """
                {"modelId":"fib","data":{"n":2}}""";
        try (RawClient client = RawClient.to(router.port())) {
            client.say("POST /v1/AI_model/predict HTTP/1.1\r\nHost: r\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + body);

            assertThat(client.readUntil("\r\n\r\n3")).startsWith("HTTP/1.1 200 ");
            assertThat(client.readAll()).isEmpty();
        }
    }

    @Test
    void anUploadThatDoesNotGoOnIsClosed() throws IOException {
        try (RawClient client = RawClient.to(router.port())) {
            client.say("PUT /v1/models/slow/versions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\nslow");

            assertThat(client.readAll()).doesNotContain("HTTP/1.1 2");
        }
    }

    @Test
    void aSilentConnectionIsClosed() throws IOException {
        try (RawClient client = RawClient.to(router.port())) {
            client.say("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("\r\n\r\n");

            assertThat(client.readAll()).doesNotContain("HTTP/1.1");
        }
    }
}
