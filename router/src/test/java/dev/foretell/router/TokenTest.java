package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.config.ConfigException;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a token is set, whoever has it may change things, from an address that is named nowhere; others may not. */
class TokenTest {
    private static final String MAP = "{\"AI\":{\"fib\":[{\"host\":\"h\",\"port\":1}]}}";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("http.token", "open-sesame-42", "http.writes-from", "10.0.0.0/8");

    private static Answer register(String... headers) {
        return router.put("/v1/model_workers_map", MAP, headers);
    }

    @Test
    void whoHasItChangesThings() {
        assertThat(register("Authorization", "Bearer open-sesame-42").status()).isEqualTo(200);
        assertThat(router.send(
                                "DELETE",
                                "/v1/model_workers_map/AI",
                                BodyPublishers.noBody(),
                                "Authorization",
                                "bearer open-sesame-42")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer open-sesame-43",
                "Bearer open-sesame-4",
                "Token open-sesame-42",
                "open-sesame-42"
            })
    void whoHasNotIsAskedForIt(String authorization) {
        Answer answer = authorization.isEmpty() ? register() : register("Authorization", authorization);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(answer.body()).doesNotContain("sesame");
        assertThat(router.map()).isEqualTo("{}");
    }

    @Test
    void readingAndPredictingNeedNone() {
        assertThat(router.get("/v1/workers").status()).isEqualTo(200);
        assertThat(router.predict().status()).isEqualTo(404);
    }

    @Test
    void nobodyIsToldIt() {
        assertThat(router.get("/v1/config").json().path("http.token").asText()).isEqualTo("***");
    }

    @Test
    void itMayStandInAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "written-down\n");
        RouterConfig config = load(Map.of("http.token-file", file.toString()));

        assertThat(config.http().tokenFile()).isEqualTo(file);
        assertThat(config.http().toString()).doesNotContain("written-down");
        assertThatThrownBy(() ->
                        load(Map.of("http.token-file", folder.resolve("none").toString())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("token-file");
        assertThatThrownBy(() -> load(Map.of("http.token", "long-enough", "http.token-file", file.toString())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("only one");
    }

    @Test
    void oneThatCanBeGuessedIsNotTaken() {
        assertThatThrownBy(() -> load(Map.of("http.token", "short")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("8 or more")
                .hasMessageNotContaining("short");
    }

    private static RouterConfig load(Map<String, String> settings) {
        return ConfigLoader.load(RouterConfig.defaults(), "", Map.of(), settings);
    }
}
