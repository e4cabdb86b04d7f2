package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Orders of tasks for Spark, at a router whose trainers have it. */
class SparkOrdersTest {
    private static final String ORDER = """
            {"parameters":{"target":"y","algorithm":"decision-tree","engine":"spark","master":"%s"},
             "limits":{"memory_mb":%s},"data":{"csv":"x,y\\n1,2\\n"}}""";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "training.spark-home", "/opt/spark", "training.spark-masters", "spark://a:7077", "tasks.trainer", "false");

    private static Answer order(String master, int memoryMb) {
        return router.post("/v1/tasks", ORDER.formatted(master, memoryMb));
    }

    @Test
    void aClusterIsCalledOnlyIfItIsNamed() {
        assertThat(order("spark://a:7077", 512).status()).isEqualTo(202);

        Answer other = order("spark://b:7077", 512);
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.detail()).contains("the setting training.spark-masters names those");
    }

    @Test
    void theTrainersMachineMayBeNamedInAnyCase() {
        assertThat(order("local[2]", 512).status()).isEqualTo(202);
    }

    @Test
    void aHeapThatSparkDoesNotStartWithIsRefused() {
        Answer small = order("local[2]", 256);

        assertThat(small.status()).isEqualTo(422);
        assertThat(small.detail()).contains("Spark begins to work with 512 MiB: limits.memory_mb must not be 256");
    }

    @Test
    void whatSparkDoesNotDoIsRefusedAtOnce() {
        Answer refused = router.post("/v1/tasks", ORDER.formatted("local", 512).replace("decision-tree", "baseline"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).contains("the engine spark has no 'baseline', only decision-tree");
    }
}
