package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** There are never more connections than the settings say, whatever they carry. */
class ConnectionLimitTest {
    private static final int MAX = 20;
    private static final int OF_THE_TEST = 2;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("http.max-connections", Integer.toString(MAX));

    private final List<RawClient> clients = new ArrayList<>();

    private void open(int connections, String saying) {
        for (int i = 0; i < connections; i++) {
            try {
                RawClient client = RawClient.to(router.port());
                clients.add(client);
                client.say(saying);
            } catch (IOException closed) {
                // one too many
            }
        }
    }

    private long kept() {
        return clients.stream().filter(client -> !client.isClosed()).count();
    }

    @AfterEach
    void hangUp() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void countsSilentConnectionsAndThoseWithHalfAHead() throws IOException {
        router.serve(router.worker(answers("2")));
        open(MAX, "");
        open(MAX, "GET /livez HT");

        Awaitility.await().until(() -> kept() <= MAX);

        assertThat(kept()).isBetween((long) MAX - OF_THE_TEST, (long) MAX);
        hangUp();
        Awaitility.await().until(() -> {
            try (RawClient client = RawClient.to(router.port())) {
                return client.say("GET /livez HTTP/1.1\r\nHost: r\r\n\r\n")
                        .readUntil("live")
                        .startsWith("HTTP/1.1 200 ");
            } catch (IOException closed) {
                return false;
            }
        });
    }
}
