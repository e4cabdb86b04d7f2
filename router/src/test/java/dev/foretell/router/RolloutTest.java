package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.FakeWorker.Script;
import dev.foretell.router.LiveRouter.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Versions of registered models over real sockets: who gets which calls, and what changes it. Each test has a model. */
class RolloutTest {
    private static final String HALF_TO_A_CANARY = "{\"weights\":{\"1\":50,\"2\":50},"
            + "\"canary\":{\"version\":2,\"atLeastCalls\":20,\"errorRatio\":0.1,\"p95Ratio\":1000}}";

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

    private final ExecutorService callers = Executors.newFixedThreadPool(8);
    private final PlayedHost one = PlayedHost.at(router);
    private final PlayedHost two = PlayedHost.at(router);

    @BeforeEach
    void serve() {
        PlayedHost.serve(router, one, two);
    }

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    /** Uploads one more version of a model; both hosts do this with its calls. */
    private void version(String model, int number, Script script) {
        one.plays(model + number, script);
        two.plays(model + number, script);
        assertThat(PlayedHost.upload(router, model, model + number)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(number);
    }

    /** A model with so many versions; each answers its number. */
    private void versions(String model, int count) {
        for (int number = 1; number <= count; number++) {
            version(model, number, answers(Integer.toString(number)));
        }
    }

    private static Answer call(String id, String... headers) {
        return router.predictBody("{\"modelId\":\"" + id + "\",\"data\":{\"x\":1}}", headers);
    }

    private static Answer plan(String model, String plan) {
        return router.put("/v1/models/" + model + "/traffic", plan);
    }

    private static JsonNode traffic(String model) {
        return router.get("/v1/models/" + model + "/traffic").json();
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
    }

    /** Calls an id from several threads until told to stop; what was answered. */
    private final class Load {
        private final AtomicBoolean over = new AtomicBoolean();
        private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
        private final List<CompletableFuture<Void>> threads;

        private Load(String id) {
            threads = IntStream.range(0, 4)
                    .mapToObj(n -> CompletableFuture.runAsync(() -> callOn(id), callers))
                    .toList();
        }

        private void callOn(String id) {
            while (!over.get()) {
                answers.add(call(id));
            }
        }

        private void awaitMore(int calls) {
            int enough = answers.size() + calls;
            await(() -> answers.size() >= enough);
        }

        private List<Answer> stop() {
            over.set(true);
            threads.forEach(thread -> thread.orTimeout(20, TimeUnit.SECONDS).join());
            return new ArrayList<>(answers);
        }
    }

    private static void assertAllAnswered(List<Answer> answers) {
        assertThat(answers)
                .isNotEmpty()
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.body()).isEqualTo(200));
    }

    @Test
    void theFirstVersionServesLaterOnesAreStagedUntilCallsAreGivenToThem() {
        versions("staged", 2);

        assertThat(IntStream.range(0, 20).mapToObj(n -> call("staged").body())).containsOnly("1");
        assertThat(call("staged:2").body()).isEqualTo("2");
        JsonNode requests = router.get("/elb-healthcheck").json().path("requests");
        assertThat(total(requests.path("staged:1"))).isEqualTo(20);
        assertThat(total(requests.path("staged:2"))).isEqualTo(1);
        assertThat(requests.has("staged")).isFalse();

        plan("staged", "{\"weights\":{\"1\":50,\"2\":50},\"expect\":{\"1\":100}}");

        Set<String> answered = new HashSet<>();
        await(() -> answered.add(call("staged").body()) && answered.size() == 2 || answered.size() == 2);
        JsonNode counted = traffic("staged").path("versions");
        assertThat(counted.path("1").path("calls").asInt()
                        + counted.path("2").path("calls").asInt())
                .isGreaterThanOrEqualTo(2);
    }

    private static int total(JsonNode byWorker) {
        int sum = 0;
        for (JsonNode count : byWorker) {
            sum += count.asInt();
        }
        return sum;
    }

    @Test
    void callsOfOneKeyGoToOneVersion() {
        versions("sticky", 2);
        plan("sticky", "{\"weights\":{\"1\":50,\"2\":50}}");

        List<String> first = IntStream.range(0, 20)
                .mapToObj(key -> call("sticky", "X-Sticky-Key", "user-" + key).body())
                .toList();

        assertThat(first).contains("1", "2");
        assertThat(IntStream.range(0, 20)
                        .mapToObj(key ->
                                call("sticky", "X-Sticky-Key", "user-" + key).body()))
                .containsExactlyElementsOf(first);
    }

    @Test
    void anAliasMovesUnderLoadWithoutAFailedCall() {
        versions("aliased", 2);
        String alias = "/v1/models/aliased/aliases/prod";
        assertThat(router.put(alias, "{\"target\":1,\"expect\":0}").status()).isEqualTo(200);
        Load load = new Load("aliased:prod");
        load.awaitMore(50);

        assertThat(router.put(alias, "{\"target\":2,\"expect\":2}").code()).isEqualTo("CONFLICT");
        assertThat(router.put(alias, "{\"target\":2,\"expect\":1}").status()).isEqualTo(200);
        assertThat(call("aliased:prod").body()).isEqualTo("2");
        load.awaitMore(50);

        assertAllAnswered(load.stop());
        assertThat(router.delete("/v1/models/aliased/versions/2").code()).isEqualTo("CONFLICT");
        assertThat(router.put(alias, "{\"target\":7}").status()).isEqualTo(422);
        assertThat(router.delete(alias).status()).isEqualTo(200);
        assertThat(call("aliased:prod").status()).isEqualTo(404);
        assertThat(router.delete("/v1/models/aliased/versions/2").status()).isEqualTo(200);
    }

    @Test
    void whatServesIsReplacedUnderLoadWithoutAFailedCallAndOneOfTwoPromotionsWins() {
        versions("promoted", 3);
        Load load = new Load("promoted");
        load.awaitMore(50);

        List<Integer> statuses = List.of(promote(2), promote(3)).stream()
                .map(promoted -> promoted.orTimeout(20, TimeUnit.SECONDS).join().status())
                .toList();

        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        String winner = statuses.get(0) == 200 ? "2" : "3";
        load.awaitMore(50);
        assertAllAnswered(load.stop());
        assertThat(IntStream.range(0, 10).mapToObj(n -> call("promoted").body()))
                .containsOnly(winner);
        assertThat(router.delete("/v1/models/promoted/versions/" + winner).code())
                .isEqualTo("CONFLICT");
    }

    private CompletableFuture<Answer> promote(int version) {
        return CompletableFuture.supplyAsync(
                () -> router.post("/v1/models/promoted/promote", "{\"version\":" + version + ",\"expect\":1}"),
                callers);
    }

    @Test
    void aCanaryThatFailsIsTakenBackUnderLoad() {
        version("failing", 1, answers("1"));
        version("failing", 2, answers(500, "{\"error\":\"broken\"}"));
        assertThat(plan(
                                "failing",
                                "{\"weights\":{\"1\":50,\"2\":50},\"canary\":{\"version\":2,\"atLeastCalls\":20,\"errorRatio\":0.1,\"p95Ratio\":1000}}")
                        .status())
                .isEqualTo(200);
        Load load = new Load("failing");

        await(() -> traffic("failing").has("note"));
        load.stop();

        JsonNode traffic = traffic("failing");
        assertThat(traffic.path("note").asText())
                .contains("Z: version 2 rolled back after")
                .contains("100.0 % failed");
        assertThat(traffic.path("weights").toString()).isEqualTo("{\"1\":100,\"2\":0}");
        assertThat(traffic.has("canary")).isFalse();
        assertAllAnswered(IntStream.range(0, 20).mapToObj(n -> call("failing")).toList());
    }

    @Test
    void aCanarysCallersMistakesAreNotHeldAgainstIt() {
        version("mistaken", 1, answers(422, "{\"error\":\"no such input\"}"));
        version("mistaken", 2, answers(422, "{\"error\":\"no such input\"}"));
        plan("mistaken", HALF_TO_A_CANARY);

        await(() -> {
            call("mistaken");
            return traffic("mistaken").at("/versions/2/calls").asInt() > 40;
        });

        assertThat(traffic("mistaken").at("/versions/2/failed").asInt()).isZero();
        assertThat(traffic("mistaken").has("note")).isFalse();
    }

    @Test
    void aCanaryThatRefusesWhatTheOtherVersionTakesIsTakenBack() {
        version("refusing", 1, answers("1"));
        version("refusing", 2, answers(422, "{\"error\":\"no such input\"}"));
        plan("refusing", HALF_TO_A_CANARY);

        await(() -> {
            call("refusing");
            return traffic("refusing").has("note");
        });

        assertThat(traffic("refusing").path("note").asText()).contains("it refused 100.0 %, the others 0.0 %");
        assertThat(traffic("refusing").path("weights").toString()).isEqualTo("{\"1\":100,\"2\":0}");
    }

    @Test
    void aShadowsAnswersAreComparedAndNeitherGivenNorCounted() {
        version("shadowed", 1, answers("{\"values\":[1.0,5]}"));
        version("shadowed", 2, answers("{\"values\":[1.00000001,10]}"));
        plan("shadowed", "{\"weights\":{\"1\":100},\"shadow\":{\"version\":2,\"percent\":100}}");

        for (int i = 0; i < 20; i++) {
            assertThat(call("shadowed").body()).isEqualTo("{\"values\":[1.0,5]}");
        }

        await(() -> traffic("shadowed").at("/shadowed/compared").asInt() == 20);
        JsonNode shadow = traffic("shadowed").path("shadowed");
        assertThat(shadow.path("disagreement").asDouble()).isEqualTo(1);
        assertThat(shadow.path("largest")).hasSize(5);
        assertThat(shadow.at("/largest/0/at").asText()).isEqualTo("/values/1");
        assertThat(shadow.at("/largest/0/magnitude").asDouble()).isEqualTo(0.5);
        assertThat(traffic("shadowed").at("/versions/2/calls").asInt()).isZero();
        assertThat(router.get("/elb-healthcheck").json().path("requests").has("shadowed:2"))
                .isFalse();
    }

    @Test
    void aShadowIsSentInferencesTooAndTellsWhichOnesItAnsweredOtherwise() {
        versions("inferred", 2);
        List.of(one, two).forEach(host -> {
            host.infers("inferred1", inferring(0.5));
            host.infers("inferred2", inferring(0.25));
        });
        plan("inferred", "{\"weights\":{\"1\":100},\"shadow\":{\"version\":2,\"percent\":100}}");

        Answer answer = router.post("/v2/models/inferred/infer", "{\"inputs\":[]}", "X-Request-Id", "call-1");
        assertThat(router.post("/v2/models/inferred/infer", "{\"inputs\":[]}", "X-Request-Id", "no name")
                        .status())
                .isEqualTo(200);

        assertThat(answer.json().path("model_version").asText()).isEqualTo("1");
        await(() -> traffic("inferred").at("/shadowed/compared").asInt() == 2);
        JsonNode largest = traffic("inferred").at("/shadowed/largest");
        assertThat(largest.findValuesAsText("at")).containsOnly("/outputs/0/data/0");
        assertThat(largest.findValuesAsText("magnitude")).containsOnly("0.5");
        assertThat(largest.findValuesAsText("requestId")).containsExactly("call-1");
        assertThat(traffic("inferred").at("/versions/1/calls").asInt()).isEqualTo(2);
        assertThat(traffic("inferred").at("/versions/2/calls").asInt()).isZero();
    }

    /** Says which version it was asked for, as hosts do. */
    private static Script inferring(double score) {
        return call -> call.answer(
                200,
                "{\"model_version\":\""
                        + call.headers()
                                .getOrDefault(Hosting.MODEL_HEADER, "?:?")
                                .split(":")[1]
                        + "\",\"outputs\":[{\"name\":\"score\",\"data\":[" + score + "]}]}");
    }

    @Test
    void callsOfAVersionByItsNumberCountForItButAreNotCopied() {
        versions("numbered", 3);
        plan("numbered", "{\"weights\":{\"1\":100},\"shadow\":{\"version\":3,\"percent\":100}}");
        List.of(one, two).forEach(host -> host.infers("numbered2", inferring(1)));

        assertThat(call("numbered:2").body()).isEqualTo("2");
        assertThat(call("numbered:1").body()).isEqualTo("1");
        assertThat(router.post("/v2/models/numbered/versions/2/infer", "{\"inputs\":[]}")
                        .status())
                .isEqualTo(200);
        assertThat(call("numbered").body()).isEqualTo("1");

        JsonNode counted = traffic("numbered").path("versions");
        assertThat(counted.at("/1/calls").asInt()).isEqualTo(2);
        assertThat(counted.at("/2/calls").asInt()).isEqualTo(2);
        await(() -> traffic("numbered").at("/shadowed/compared").asInt() == 1);
        assertThat(one.calls("numbered3") + two.calls("numbered3")).isEqualTo(1);
    }

    @Test
    void aShadowThatFailsHarmsNobody() {
        version("harmless", 1, answers("1"));
        version("harmless", 2, answers(500, "{}"));
        plan("harmless", "{\"weights\":{\"1\":100},\"shadow\":{\"version\":2,\"percent\":100}}");

        assertAllAnswered(IntStream.range(0, 10).mapToObj(n -> call("harmless")).toList());

        await(() -> traffic("harmless").at("/shadowed/failed").asInt() == 10);
        assertThat(traffic("harmless").at("/shadowed/compared").asInt()).isZero();
    }

    @Test
    void theModelsOfAHostThatDiesAreServedByAnother() {
        versions("moved", 1);
        assertThat(router.send(
                                "PATCH",
                                "/v1/models/moved",
                                java.net.http.HttpRequest.BodyPublishers.ofString("{\"replicas\":1}"))
                        .status())
                .isEqualTo(200);
        assertAllAnswered(IntStream.range(0, 20).mapToObj(n -> call("moved")).toList());
        PlayedHost holder = one.calls("moved1") > 0 ? one : two;
        PlayedHost other = holder == one ? two : one;
        assertThat(other.calls("moved1")).isZero();

        holder.worker().stop();

        await(() -> call("moved").status() == 200);
        assertThat(other.calls("moved1")).isPositive();
        holder.worker().startAgain();
        await(() -> {
            int before = holder.calls("moved1");
            return call("moved").status() == 200 && holder.calls("moved1") > before;
        });
    }

    @Test
    void callsAreJoinedWithCallsOfTheirVersionOnly() {
        for (int number = 1; number <= 2; number++) {
            int n = number;
            version("joined", number, call -> {
                String size = call.headers().get("X-Foretell-Batch");
                call.answer(
                        200,
                        size == null
                                ? Integer.toString(n)
                                : IntStream.range(0, Integer.parseInt(size))
                                        .mapToObj(i -> "{\"status\":200,\"body\":" + n + "}")
                                        .collect(java.util.stream.Collectors.joining(",", "[", "]")));
            });
        }

        List<CompletableFuture<Answer>> calls = IntStream.range(0, 80)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> call("joined:" + (1 + i % 2)), callers))
                .toList();

        for (int i = 0; i < calls.size(); i++) {
            assertThat(calls.get(i).orTimeout(10, TimeUnit.SECONDS).join().body())
                    .isEqualTo(Integer.toString(1 + i % 2));
        }
    }

    @Test
    void eachVersionHasItsOwnKeptAnswers() {
        versions("kept", 2);

        assertThat(call("kept").body()).isEqualTo("1");
        assertThat(call("kept:2").body()).isEqualTo("2");
        assertThat(call("kept").header("X-Router-Cache")).isEqualTo("hit");
        assertThat(call("kept:2").body()).isEqualTo("2");
        assertThat(one.calls("kept1") + two.calls("kept1")).isEqualTo(1);
        assertThat(one.calls("kept2") + two.calls("kept2")).isEqualTo(1);
    }

    @Test
    void theLastGoodAnswerOfAModelStandsInForItsVersions() {
        versions("safe", 2);
        assertThat(call("safe").body()).isEqualTo("1");
        one.plays("safe1", answers(500, "{}"));
        two.plays("safe1", answers(500, "{}"));

        Answer answer = call("safe");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("1");
    }

    @Test
    void idsThatNameNothingAreNotServedBySomethingElse() {
        versions("named", 1);

        assertThat(call("named:7").status()).isEqualTo(404);
        assertThat(call("named:7").detail()).contains("no version or alias '7' of model 'named'", "[1]");
        assertThat(call("named:prod").status()).isEqualTo(404);
        assertThat(call("nammed").detail()).contains("named").doesNotContain("named:1");
        assertThat(plan("named", "{\"weights\":{}}").status()).isEqualTo(200);
        Answer stopped = call("named");
        assertThat(stopped.status()).isEqualTo(503);
        assertThat(stopped.code()).isEqualTo("NO_WORKER");
        assertThat(stopped.detail()).contains("no version of model 'named' takes calls");
        assertThat(call("named:1").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"weights\":{\"1\":95,\"2\":10}}; the weights add up to 105, not to 100",
                "{\"weights\":{\"v1\":100}}; weights must be whole percents from 0 to 100, by version: 'v1' is 100",
                "{\"weights\":{\"1\":100},\"expect\":5}; expect must be an object",
                "{\"weights\":{\"1\":101,\"2\":-1}}; whole percents",
                "{\"weights\":{\"1\":50.5,\"2\":49.5}}; whole percents",
                "{\"weights\":{\"1\":50,\"9\":50}}; no version 9",
                "{\"weights\":[100]}; object",
                "{\"weight\":{\"1\":100}}; unknown field 'weight'",
                "{}; missing",
                "[]; object",
                "{\"weights\":{\"1\":100},\"canary\":{\"version\":2}}; the canary must have a weight",
                "{\"weights\":{\"1\":100},\"canary\":{\"version\":1,\"errorRatio\":7}}; errorRatio",
                "{\"weights\":{\"1\":100},\"canary\":{\"version\":1}}; to another version",
                "{\"weights\":{\"1\":100},\"canary\":{\"version\":\"two\"}}; canary.version",
                "{\"weights\":{\"1\":100},\"shadow\":{\"version\":9}}; no version 9",
                "{\"weights\":{\"1\":100},\"shadow\":{\"version\":2,\"percent\":0}}; percent",
                "{\"weights\":{\"1\":100},\"shadow\":{\"version\":1}}; must not be the version that has all calls",
            })
    void aPlanThatDoesNotFitChangesNothing(String bad, String why) {
        if (router.get("/v1/models/kept-as-it-is").status() == 404) {
            versions("kept-as-it-is", 2);
        }
        String before = traffic("kept-as-it-is").path("weights").toString();

        Answer refused = plan("kept-as-it-is", bad);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).contains(why);
        assertThat(traffic("kept-as-it-is").path("weights").toString()).isEqualTo(before);
    }

    @Test
    void anAliasIsAName() {
        versions("unnamed", 1);

        for (String alias : List.of("..%2F..", "a%2Fb", "7", "a%20b", "a".repeat(300))) {
            Answer refused = router.put("/v1/models/unnamed/aliases/" + alias, "{\"target\":1}");

            assertThat(refused.status()).as(alias).isEqualTo(422);
            assertThat(refused.detail()).contains("an alias must be a name like prod");
        }
        assertThat(router.get("/v1/models/unnamed").json().path("aliases")).isEmpty();
    }

    @Test
    void aPlanThatExpectsSomethingElseChangesNothing() {
        versions("expected", 2);

        assertThat(plan("expected", "{\"weights\":{\"2\":100},\"expect\":{\"1\":95,\"2\":5}}")
                        .code())
                .isEqualTo("CONFLICT");
        assertThat(router.post("/v1/models/expected/promote", "{\"version\":2,\"expect\":2}")
                        .code())
                .isEqualTo("CONFLICT");
        assertThat(router.post("/v1/models/expected/promote", "{\"version\":9}").status())
                .isEqualTo(422);
        assertThat(router.post("/v1/models/expected/promote", "{}").status()).isEqualTo(422);
        assertThat(router.post("/v1/models/expected/promote", "{\"version\":2,\"exp\":1}")
                        .detail())
                .isEqualTo("the body has an unknown field 'exp'; there are expect, version");
        assertThat(router.put("/v1/models/expected/aliases/a", "{\"target\":2,\"expected\":99}")
                        .detail())
                .isEqualTo("the body has an unknown field 'expected'; there are expect, target");
        assertThat(router.get("/v1/models/expected").json().path("aliases")).isEmpty();
        assertThat(router.post("/v1/models/nowhere/promote", "{\"version\":1}").status())
                .isEqualTo(404);
        assertThat(json("{\"1\":100}")).isEqualTo(traffic("expected").path("weights"));
    }

    private static JsonNode json(String text) {
        return Json.readTree(text.getBytes(StandardCharsets.UTF_8));
    }
}
