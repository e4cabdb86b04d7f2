package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand models: taken in, shown and measured in pieces; more than the settings allow are refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyModelsTest {
    private static final int MODELS = 10_000;
    private static final String SHOWN = "/v1/model_workers_map";

    @RegisterExtension
    @Order(1)
    static final LiveRouter router = LiveRouter.with("routing.max-entries", Integer.toString(MODELS));

    private FakeWorker worker = FakeWorker.start(answers("2"));

    @BeforeAll
    void registerThem() {
        worker.close();
        worker = FakeWorker.start(answers("2"));
        assertThat(router.register(map(0, MODELS / 2)).status()).isEqualTo(200);
        assertThat(router.register(map(MODELS / 2, MODELS)).status()).isEqualTo(200);
    }

    private String map(int from, int to) {
        String entry = "[" + worker.entry() + "]";
        return "{\"AI\":{"
                + IntStream.range(from, to)
                        .mapToObj(i -> "\"m" + i + "\":" + entry)
                        .collect(Collectors.joining(","))
                + "}}";
    }

    @Test
    void areMeasuredByManyAtOnceEachPointOnce() {
        List<CompletableFuture<Answer>> scrapes = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> router.get("/metrics")))
                .toList();

        for (CompletableFuture<Answer> scrape : scrapes) {
            Answer answer = scrape.join();
            assertThat(answer.status()).isEqualTo(200);
            Exposition exposition = Exposition.parse(answer.body());
            assertThat(exposition.samples())
                    .containsKey("foretell_inflight{model=AI/m0}")
                    .containsKey("foretell_inflight{model=AI/m" + (MODELS - 1) + "}");
            assertThat(answer.body().lines().filter(line -> line.startsWith("# TYPE foretell_inflight ")))
                    .hasSize(1);
        }
    }

    @Test
    void areShownWhole() {
        assertThat(router.get(SHOWN).json().path("AI")).hasSize(MODELS);
        assertThat(router.get(SHOWN + "?model-type=AI").json().path(worker.id()).path("models"))
                .hasSize(MODELS);
        assertThat(router.get("/v1/workers").json()).hasSize(1);
        assertThat(router.get("/elb-healthcheck").json().path("models")).hasSize(MODELS);
        assertThat(router.post("/v2/repository/index", "").json()).hasSize(MODELS);
    }

    @Test
    void moreAreRefusedAndChangeNothing() {
        String revision = router.get(SHOWN).header("X-Routing-Revision");

        Answer refused = router.register(map(MODELS, MODELS + 1));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).contains("routing.max-entries");
        assertThat(router.get(SHOWN).header("X-Routing-Revision")).isEqualTo(revision);
        assertThat(router.register(map(0, 1)).status()).isEqualTo(200);
    }

    @Test
    void aMapThatIsTooLongIsRefused() {
        Answer refused = router.register(map(0, 30_000));

        assertThat(refused.status()).isEqualTo(413);
    }
}
