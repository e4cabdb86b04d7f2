package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the dashboard keeps over a restart, and without the store. */
class DashboardRestartTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("redis.timeout", "500ms");

    private static double calls() {
        double sum = 0;
        for (JsonNode value :
                router.get("/v1/dashboard/history?span=24h").json().at("/series/calls")) {
            sum += value.asDouble() * 600;
        }
        return sum;
    }

    private static List<String> events() {
        return new ArrayList<>(router.get("/v1/events").json().path("items").findValuesAsText("what"));
    }

    @Test
    void theHistoryAndTheEventsAreThereAfterARestart() throws Exception {
        router.predict();
        Awaitility.await().until(() -> calls() > 0);

        router.stop();
        router.start();

        Awaitility.await().untilAsserted(() -> {
            assertThat(calls()).isPositive();
            assertThat(events()).filteredOn("the router started"::equals).hasSizeGreaterThanOrEqualTo(2);
        });
    }

    @Test
    void withoutTheStoreItTellsWhatItKnows() throws Exception {
        Awaitility.await().until(() -> !events().isEmpty());

        ModelsWithoutRedisTest.signal("STOP");
        try {
            Awaitility.await().untilAsserted(() -> {
                JsonNode found = router.get("/v1/events").json();
                assertThat(found.path("note").asText()).startsWith("the state store is away");
                assertThat(found.path("items").findValuesAsText("what")).contains("the router started");
                JsonNode problem = router.get("/v1/dashboard/overview").json().at("/problems/0");
                assertThat(problem.path("severity").asText()).isEqualTo("critical");
                assertThat(problem.path("action").asText()).contains("Redis");
            });
        } finally {
            ModelsWithoutRedisTest.signal("CONT");
        }
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(events()).contains("the state store is away", "the state store is back"));
    }
}
