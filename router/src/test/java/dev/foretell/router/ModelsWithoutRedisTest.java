package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Registered models stay known while Redis is away. */
class ModelsWithoutRedisTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("redis.timeout", "2s");

    private static Answer upload(String content) {
        return router.post("/v1/models/iris/versions", content);
    }

    @Test
    void whileRedisIsAwayModelsAreReadAndNotChanged() throws Exception {
        FakeHost.at(router).fetchesFrom(router).servesAlone(router);
        Awaitility.await().until(() -> upload("ONNX away").status() == 201);
        JsonNode before = router.get("/v1/models").json();

        signal("STOP");
        try {
            Answer refused = upload("ONNX while it is away");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("STATE_STORE_UNAVAILABLE");
            assertThat(router.get("/v1/models").json()).isEqualTo(before);
        } finally {
            signal("CONT");
        }
        try (var incoming = Files.list(router.folder().resolve("models/incoming"))) {
            assertThat(incoming.map(Path::toString)).isEmpty();
        }
        Awaitility.await().until(() -> upload("ONNX back").status() == 201);
    }

    static void signal(String name) throws Exception {
        ProcessHandle redis = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("redis"))
                .findFirst()
                .orElseThrow();
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(redis.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
