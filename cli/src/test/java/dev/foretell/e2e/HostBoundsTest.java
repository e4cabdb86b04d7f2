package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foretell.e2e.Http.Reply;
import dev.foretell.examples.models.ExampleModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host process with little memory. */
class HostBoundsTest {
    /** Makes as many zeros as its input {@code N} says, and answers their maximum. */
    private static final byte[] GREEDY = Base64.getDecoder()
            .decode("CAg6XgoXCgFOEgFtIg9Db25zdGFudE9mU2hhcGUKIgoBbRIBWSIJUmVkdWNlTWF4Kg8KCGtlZXBkaW1z"
                    + "GACgAQISAWdaDwoBThIKCggIBxIECgIIAWILCgFZEgYKBAgBEgBCAhAN");

    /** Has 2 GB of ones, twos and threes, made as it is loaded; one of each is the sum {@code y}. */
    private static final byte[] LARGE = Base64.getDecoder()
            .decode("CAg6vQIKFwoBeBIBaSIEQ2FzdCoJCgJ0bxgHoAECCjMKAXMSAndhIg9Db25zdGFudE9mU2hhcGUqGQoFdmFsdWUqDQgBEAEi"
                    + "BAAAgD9CAXagAQQKEgoCd2EKAWkSAWEiBkdhdGhlcgozCgFzEgJ3YiIPQ29uc3RhbnRPZlNoYXBlKhkKBXZhbHVlKg0IARAB"
                    + "IgQAAABAQgF2oAEEChIKAndiCgFpEgFiIgZHYXRoZXIKMwoBcxICd2MiD0NvbnN0YW50T2ZTaGFwZSoZCgV2YWx1ZSoNCAEQ"
                    + "ASIEAABAQEIBdqABBAoSCgJ3YwoBaRIBYyIGR2F0aGVyChEKAWEKAWIKAWMSAXkiA1N1bRIBZyoNCAEQBzoEwObWTkIBc1oQ"
                    + "CgF4EgsKCQgBEgUKAxIBbmIQCgF5EgsKCQgBEgUKAxIBbkIECgAQDQ==");

    @TempDir
    Path folder;

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(50));
    }

    @Test
    void aRunThatAsksForMoreMemoryThanThereIsFailsAloneAndItsHostGoesOn() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")));
        try (Child router = Child.foretell("router", "--port", "0", "--data", folder.toString());
                Child host = Child.foretell(
                        "host", "--router", router.url(), "--memory", "64m", "--set", "onnx.run-memory=128m")) {
            eventually()
                    .until(() -> Http.put(router.url() + "/v1/models/greedy/versions", GREEDY)
                                    .status()
                            == 201);
            assertThat(Http.put(router.url() + "/v1/models/iris/versions", ExampleModels.iris())
                            .status())
                    .isEqualTo(201);
            eventually().until(() -> greedy(router, 1_000).status() == 200);
            eventually().until(() -> iris(router).status() == 200);

            Reply refused = greedy(router, 1_000_000_000);

            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body()).contains("for this input the model takes more memory than there is for runs");
            assertThat(iris(router).status()).isEqualTo(200);
            assertThat(greedy(router, 1_000).status()).isEqualTo(200);
            assertThat(ProcessHandle.of(host.pid()))
                    .hasValueSatisfying(alive -> assertThat(alive.isAlive()).isTrue());
        }
    }

    @Test
    void anUploadThatOneHostIsTooSmallForIsHandedToTheNextAndServedThere() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")));
        try (Child router = Child.foretell("router", "--port", "0", "--data", folder.toString());
                Child small = Child.foretell("host", "--router", router.url(), "--memory", "64m")) {
            eventually()
                    .until(() -> Http.put(router.url() + "/v1/models/iris/versions", ExampleModels.iris())
                                    .status()
                            == 201);
            Reply nowhere = Http.put(router.url() + "/v1/models/large/versions", LARGE);
            assertThat(nowhere.status()).isEqualTo(422);
            assertThat(nowhere.json().path("detail").asText())
                    .startsWith("the model host that could inspect the file is too small for it: ")
                    .endsWith("; start one with more: foretell host --memory SIZE");

            try (Child large = Child.foretell("host", "--router", router.url(), "--memory", "2g")) {
                eventually()
                        .until(() -> Http.put(router.url() + "/v1/models/large/versions", LARGE)
                                        .status()
                                == 201);
                eventually()
                        .until(
                                () -> Http.post(router.url() + "/v1/AI_model/large/predict", """
                                        {"x":[7]}""")
                                        .body(),
                                "{\"y\":[6.0]}"::equals);
            }
        }
    }

    private static Reply greedy(Child router, int zeros) {
        return Http.post(router.url() + "/v1/AI_model/greedy/predict", """
                {"N":[%s]}""".formatted(zeros));
    }

    private static Reply iris(Child router) {
        return Http.post(router.url() + "/v1/AI_model/iris/predict", """
                {"values":[5.1,3.5,1.4,0.2]}""");
    }
}
