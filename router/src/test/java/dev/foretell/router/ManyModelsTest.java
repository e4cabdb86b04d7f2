package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        return """
                {"AI":{%s}}""".formatted(IntStream.range(from, to)
                .mapToObj(i -> "\"m" + i + "\":" + entry)
                .collect(Collectors.joining(",")));
    }

    @Test
    void areMeasuredByManyAtOnceEachPointOnce() {
        List<CompletableFuture<Answer>> scrapes = IntStream.range(0, 2)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> router.get("/metrics")))
                .toList();

        for (CompletableFuture<Answer> scrape : scrapes) {
            Answer answer = scrape.join();
            assertThat(answer.status()).isEqualTo(200);
            Set<String> points = points(answer.body());
            assertThat(points.contains(inFlight("m0"))).isTrue();
            assertThat(points.contains(inFlight("m" + (MODELS - 1)))).isTrue();
            assertThat(answer.body().lines().filter(line -> line.startsWith("# TYPE foretell_inflight ")))
                    .hasSize(1);
        }
    }

    private static String inFlight(String model) {
        return "foretell_inflight{model=\"AI/" + model + "\",version=\"\"}";
    }

    /** What is before each value; none twice. */
    private static Set<String> points(String exposition) {
        Set<String> points = new HashSet<>();
        exposition
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .forEach(point -> assertThatNoneIsTwice(points.add(point), point));
        return points;
    }

    private static void assertThatNoneIsTwice(boolean isNew, String point) {
        if (!isNew) {
            throw new AssertionError("twice: " + point);
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
