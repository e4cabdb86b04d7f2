package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A router without models, and a host that looks at their files. */
abstract class UploadFixture {
    static final int MAX = 100_000;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("models.max-bytes", Integer.toString(MAX));

    @BeforeEach
    void empty() {
        router.get("/v1/models")
                .json()
                .path("models")
                .forEach(model -> assertThat(
                                router.delete("/v1/models/" + model.path("name").asText() + "?force=true")
                                        .status())
                        .isEqualTo(200));
        FakeHost.at(router).fetchesFrom(router).servesAlone(router);
    }

    static Answer upload(String name, String content, String... headers) {
        return router.post("/v1/models/" + name + "/versions", content, headers);
    }

    static String digest(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The files that are kept or come in. */
    static List<String> files() throws IOException {
        Path folder = Files.createDirectories(router.folder().resolve("models"));
        return FilesNow.below(folder).stream()
                .map(file -> folder.relativize(file).toString())
                .toList();
    }

    static void awaitNoFiles() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(files()).isEmpty());
    }

    static String part(String name, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
    }
}
