package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.FakeWorker.Script;
import dev.foretell.router.LiveRouter.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two hosts of registered models whose versions do what their scripts say. Each test has a model. */
abstract class RolloutFixture {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "batch.models.AI/joined",
            "8",
            "batch.window",
            "20ms",
            "cache.models.AI/kept.ttl",
            "60s",
            "fallback.models.AI/safe.kind",
            "last-good");

    final ExecutorService callers = Executors.newFixedThreadPool(8);
    final FakeHost one = host();
    final FakeHost two = host();

    static FakeHost host() {
        return FakeHost.at(router).inspects(call -> call.answer(200, FakeHost.UNTYPED));
    }

    @BeforeEach
    void serve() {
        FakeHost.serve(router, one, two);
    }

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    /** Uploads one more version of a model; both hosts do this with its calls. */
    void version(String model, int number, Script script) {
        one.predicts(model + number, script);
        two.predicts(model + number, script);
        assertThat(FakeHost.upload(router, model, model + number)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(number);
    }

    /** A model with so many versions; each answers its number. */
    void versions(String model, int count) {
        for (int number = 1; number <= count; number++) {
            version(model, number, answers(Integer.toString(number)));
        }
    }

    static Answer call(String id, String... headers) {
        return router.predictBody("""
                {"modelId":"%s","data":{"x":1}}""".formatted(id), headers);
    }

    static Answer plan(String model, String plan) {
        return router.put("/v1/models/" + model + "/traffic", plan);
    }

    static JsonNode traffic(String model) {
        return router.get("/v1/models/" + model + "/traffic").json();
    }

    static void await(BooleanSupplier condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
    }

    /** Calls an id from several threads until told to stop; what was answered. */
    final class Load {
        private final AtomicBoolean over = new AtomicBoolean();
        private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
        private final List<CompletableFuture<Void>> threads;

        Load(String id) {
            threads = IntStream.range(0, 4)
                    .mapToObj(n -> CompletableFuture.runAsync(() -> callOn(id), callers))
                    .toList();
        }

        private void callOn(String id) {
            while (!over.get()) {
                answers.add(call(id));
            }
        }

        void awaitMore(int calls) {
            int enough = answers.size() + calls;
            await(() -> answers.size() >= enough);
        }

        List<Answer> stop() {
            over.set(true);
            threads.forEach(thread -> thread.orTimeout(20, TimeUnit.SECONDS).join());
            return new ArrayList<>(answers);
        }
    }

    static void assertAllAnswered(List<Answer> answers) {
        assertThat(answers)
                .isNotEmpty()
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.body()).isEqualTo(200));
    }
}
