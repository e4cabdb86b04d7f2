package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.config.ConfigException;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.router.LiveRouter.Answer;
import dev.foretell.router.http.edge.Access;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a token is set, whoever has it sees and changes things, from wherever; others predict, and see how it is. */
class TokenTest {
    private static final String MAP = """
            {"AI":{"fib":[{"host":"h","port":1}]}}""";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("http.token", "open-sesame-42", "http.writes-from", "10.0.0.0/8");

    private static final String RIGHT = "Bearer open-sesame-42";

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
        assertThat(answer.detail()).startsWith(whatIsWrongWith(authorization));
        assertThat(router.get("/v1/model_workers_map", "Authorization", RIGHT).json())
                .isEmpty();
    }

    private static String whatIsWrongWith(String authorization) {
        if (authorization.isEmpty() || authorization.strip().equalsIgnoreCase("Bearer")) {
            return "to change things, send the router's token: Authorization: Bearer …";
        }
        return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? "the token that was sent is not this router's"
                : "to change things, send the router's token as 'Authorization: Bearer …', not by another scheme";
    }

    static Stream<Map.Entry<String, Access>> served() {
        return router.served().entrySet().stream();
    }

    private static Answer call(String url, String... headers) {
        String[] parts = url.replace('*', 'x').split(" ", 2);
        String target = parts[1].endsWith("/stream") ? parts[1] + "?once=true" : parts[1]; // it has no end otherwise
        return router.send(parts[0], target, BodyPublishers.noBody(), headers);
    }

    @ParameterizedTest
    @MethodSource("served")
    void allButPredictionsHealthAndMetadataWantIt(Map.Entry<String, Access> url) {
        boolean open = url.getValue() == Access.OPEN;

        assertThat(call(url.getKey()).status() == 401).isEqualTo(!open);
        assertThat(call(url.getKey(), "Authorization", "Bearer open-sesame-43").status() == 401)
                .isEqualTo(!open);
        assertThat(call(url.getKey(), "Authorization", RIGHT).status()).isNotIn(401, 403);
    }

    /** It is nothing that a page of another site could send. */
    @ParameterizedTest
    @MethodSource("served")
    void whoHasItMayBeAPage(Map.Entry<String, Access> url) {
        assertThat(call(
                                url.getKey(),
                                "Authorization",
                                RIGHT,
                                "Origin",
                                "https://ours.example",
                                "Sec-Fetch-Site",
                                "cross-site")
                        .status())
                .isNotIn(401, 403);
    }

    @Test
    void hostsAreForWhoHasIt() {
        for (String url : List.of("POST /v1/hosts_model/predict", "PUT /v1/hosts_model/inspect/predict")) {
            assertThat(call(url).status()).isEqualTo(401);
            assertThat(call(url, "Authorization", RIGHT).status()).isNotIn(401, 403);
        }
    }

    @Test
    void theWayOfACallIsForWhoHasIt() {
        assertThat(router.predict("X-Debug-Route", "1").status()).isEqualTo(401);
        assertThat(router.predict("X-Debug-Route", "1", "Authorization", RIGHT).status())
                .isEqualTo(404);
    }

    @Test
    void nobodyIsToldIt() {
        Answer config = router.get("/v1/config", "Authorization", RIGHT);

        assertThat(config.json().path("http.token").asText()).isEqualTo("***");
        assertThat(config.body()).doesNotContain("sesame");
    }

    @Test
    void itMayStandInAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "written-down\n");
        RouterConfig config = load(Map.of("http.token-file", file.toString()));

        assertThat(config.http().adminAccess().token()).isEqualTo("written-down");
        assertThat(config.toString()).doesNotContain("written-down");
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
