package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Registered models outlast a router, and are the same at all of them. */
class ModelsSharedTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    private static ConditionFactory eventually() {
        return Awaitility.await().pollInterval(Duration.ofMillis(20));
    }

    private static Answer upload(String content) {
        return router.post("/v1/models/iris/versions", content);
    }

    @Test
    void aRestartedRouterHasItsModels() {
        FakeHost.at(router).fetchesFrom(router).servesAlone(router);
        assertThat(upload("ONNX restart").status()).isEqualTo(201);
        JsonNode before = router.get("/v1/models").json();
        String file =
                "/v1/models/iris/versions/" + before.at("/models/0/versions").size() + "/file";

        router.stop();
        router.start();

        assertThat(router.get("/v1/models").json()).isEqualTo(before);
        assertThat(router.get(file).body()).isEqualTo("ONNX restart");
    }

    @Test
    void anotherRouterSeesEachChangeAndGivesAwayTheFiles() throws Exception {
        LiveRouter other = LiveRouter.with(
                "redis.address",
                redis(),
                "models.folder",
                router.folder().resolve("models").toString());
        other.open();
        try {
            FakeHost.at(router).fetchesFrom(other).servesAlone(router);

            Answer uploaded = upload("ONNX shared");

            assertThat(uploaded.status()).isEqualTo(201);
            String version = "/v1/models/iris/versions/"
                    + uploaded.json().path("version").asText();
            eventually().until(() -> other.get(version).status() == 200);
            assertThat(other.get(version + "/file").body()).isEqualTo("ONNX shared");
        } finally {
            other.shut();
        }
    }

    @Test
    void aRouterWithAnotherFolderSaysSoAndTakesNoUploads() throws Exception {
        LiveRouter first = LiveRouter.with("redis.address", redis(), "redis.key-prefix", "apart");
        LiveRouter second = LiveRouter.with("redis.address", redis(), "redis.key-prefix", "apart");
        first.open();
        try {
            eventually().until(() -> isMarked(first));
            second.open();

            eventually().until(() -> second.get("/readyz").body().contains("is not the one that the other routers"));
            Answer refused = second.post("/v1/models/iris/versions", "ONNX apart");

            assertThat(second.get("/readyz").status()).isEqualTo(200);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.body()).contains("set models.folder to one shared folder", "{apart}:models-folder");
            assertThat(first.get("/readyz").body()).doesNotContain("models_folder");
        } finally {
            second.shut();
            first.shut();
        }
    }

    private static boolean isMarked(LiveRouter router) throws IOException {
        Path models = router.folder().resolve("models");
        try (Stream<Path> files = Files.isDirectory(models) ? Files.list(models) : Stream.<Path>empty()) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("folder."));
        }
    }

    private static String redis() throws IOException {
        String conf = Files.readString(router.folder().resolve("redis.conf"));
        return "redis://:" + found("(?m)^requirepass (\\S+)", conf) + "@127.0.0.1:" + found("(?m)^port (\\d+)", conf);
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
