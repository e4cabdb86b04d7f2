package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritesFromTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("http.writes-from", "10.0.0.0/8,::1/128");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /v1/model_workers_map",
                "PUT /v1/model_workers_map?mode=replace",
                "DELETE /v1/model_workers_map/AI",
                "DELETE /v1/model_workers_map/AI/fib",
                "DELETE /v1/model_workers_map/AI/fib/h-1-0",
                "POST /v1/workers/h-1-0/drain",
                "DELETE /v1/workers/h-1-0/drain",
                "POST /v1/config/reload"
            })
    void anAddressThatIsNotNamedChangesNothing(String request) {
        String[] parts = request.split(" ", 2);

        Answer answer = router.send(parts[0], parts[1], BodyPublishers.ofString("""
                {"AI":{"fib":[{"host":"h","port":1}]}}"""));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("FORBIDDEN");
        assertThat(answer.detail()).contains("http.writes-from");
        assertThat(router.map()).isEqualTo("{}");
    }

    @Test
    void anAddressThatIsNotNamedIsNotToldTheWayOfACall() {
        Answer answer = router.predict("X-Debug-Route", "1");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("FORBIDDEN");
        assertThat(answer.detail()).contains("http.writes-from");
        assertThat(answer.json().has("route")).isFalse();
        assertThat(router.predict().status()).isEqualTo(404);
    }

    @Test
    void itIsToldInTheFormOfTheDialect() {
        Answer answer = router.post("/v2/repository/models/echo/unload", "");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("X-Error-Code")).isEqualTo("FORBIDDEN");
        assertThat(answer.json().path("error").asText()).contains("http.writes-from");
    }
}
