package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foretell.examples.models.ExampleModels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of two model hosts is stopped by a signal. Calls go to both in turn, so that none depends on which is thought faster. */
class FrozenHostTest {
    private static final String FLOWER = """
            {"modelId":"iris","data":{"X":[[5.1,3.5,1.4,0.2]]}}""";

    @TempDir
    private Path folder = Path.of("");

    private final List<Child> children = new ArrayList<>();
    private Child router;
    private Child first;
    private Child second;

    @BeforeEach
    void start() {
        router = child("router", "--port", "0", "--data", folder.toString(), "--set", "balance.policy=round_robin");
        first = child("host", "--router", router.url());
        second = child("host", "--router", router.url());
        eventually().until(() -> state(first).equals("READY") && state(second).equals("READY"));
        assertThat(Http.put(router.url() + "/v1/models/iris/versions", ExampleModels.iris())
                        .status())
                .isEqualTo(201);
        eventually().until(() -> predict() == 200 && hasAnswered(first) && hasAnswered(second));
    }

    @AfterEach
    void stop() {
        children.forEach(Child::close);
    }

    private Child child(String... arguments) {
        Child child = Child.foretell(arguments);
        children.add(0, child);
        return child;
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(50));
    }

    private int predict() {
        return Http.post(router.url() + "/v1/AI_model/predict", FLOWER).status();
    }

    @Test
    void itsCallsAreAnsweredByTheOtherAndItIsBackWhenItGoesOn() {
        Signal.STOP.send(second.pid());
        try {
            eventually().until(() -> {
                assertThat(predict()).isEqualTo(200);
                return state(second).equals("SUSPECTED") || state(second).equals("DOWN");
            });
            for (int i = 0; i < 20; i++) {
                assertThat(predict()).isEqualTo(200);
            }
        } finally {
            Signal.CONT.send(second.pid());
        }

        eventually().until(() -> state(second).equals("READY"));
    }

    private String state(Child host) {
        return Http.get(router.url() + "/v1/workers/127.0.0.1-" + host.port() + "-0")
                .json()
                .path("state")
                .asText();
    }

    private boolean hasAnswered(Child host) {
        return Http.get(router.url() + "/metrics")
                .body()
                .lines()
                .anyMatch(line -> line.startsWith("foretell_worker_requests_total")
                        && line.contains("127.0.0.1-" + host.port() + "-0")
                        && line.contains("iris"));
    }
}
