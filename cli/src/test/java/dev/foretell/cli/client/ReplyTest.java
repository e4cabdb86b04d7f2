package dev.foretell.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplyTest {
    private static String problem(String body) {
        return new Reply(404, body, "http://r:8000").problem();
    }

    /** As of {@code foretell bench} of a model that is not there. */
    @Test
    void anErrorOfTheInferenceProtocolIsARoutersToo() {
        assertThat(problem("{\"error\": \"no model 'x'\"}")).isEqualTo("no model 'x' (HTTP 404 from http://r:8000)");
    }

    @Test
    void anythingElseIsNot() {
        assertThat(problem("<html>")).contains("not a router's");
        assertThat(problem("{}")).contains("not a router's");
        assertThat(problem("{\"error\": 5}")).contains("not a router's");
    }
}
