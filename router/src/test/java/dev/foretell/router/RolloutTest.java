package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Versions of registered models over real sockets: who gets which calls, and what changes it. */
class RolloutTest extends RolloutFixture {
    @Test
    void theFirstVersionServesLaterOnesAreStagedUntilCallsAreGivenToThem() {
        versions("staged", 2);

        assertThat(IntStream.range(0, 20).mapToObj(n -> call("staged").body())).containsOnly("1");
        assertThat(call("staged:2").body()).isEqualTo("2");
        JsonNode requests = router.get("/elb-healthcheck").json().path("requests");
        assertThat(total(requests.path("staged:1"))).isEqualTo(20);
        assertThat(total(requests.path("staged:2"))).isEqualTo(1);
        assertThat(requests.has("staged")).isFalse();

        plan("staged", """
                {"weights":{"1":50,"2":50},"expect":{"1":100}}""");

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
        plan("sticky", """
                {"weights":{"1":50,"2":50}}""");

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
        assertThat(router.put(alias, """
                {"target":1,"expect":0}""").status()).isEqualTo(200);
        Load load = new Load("aliased:prod");
        load.awaitMore(50);

        assertThat(router.put(alias, """
                {"target":2,"expect":2}""").code()).isEqualTo("CONFLICT");
        assertThat(router.put(alias, """
                {"target":2,"expect":1}""").status()).isEqualTo(200);
        assertThat(call("aliased:prod").body()).isEqualTo("2");
        load.awaitMore(50);

        assertAllAnswered(load.stop());
        assertThat(router.delete("/v1/models/aliased/versions/2").code()).isEqualTo("CONFLICT");
        assertThat(router.put(alias, """
                {"target":7}""").status()).isEqualTo(422);
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
                () -> router.post("/v1/models/promoted/promote", """
                        {"version":%s,"expect":1}""".formatted(version)), callers);
    }

    @Test
    void theModelsOfAHostThatDiesAreServedByAnother() {
        versions("moved", 1);
        assertThat(router.send("PATCH", "/v1/models/moved", java.net.http.HttpRequest.BodyPublishers.ofString("""
                {"replicas":1}"""))
                        .status())
                .isEqualTo(200);
        assertAllAnswered(IntStream.range(0, 20).mapToObj(n -> call("moved")).toList());
        FakeHost holder = one.calls("moved1") > 0 ? one : two;
        FakeHost other = holder == one ? two : one;
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
                                        .mapToObj(i -> """
                                                {"status":200,"body":%s}""".formatted(n))
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
        one.predicts("safe1", answers(500, "{}"));
        two.predicts("safe1", answers(500, "{}"));

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
        assertThat(plan("named", """
                {"weights":{}}""").status()).isEqualTo(200);
        Answer stopped = call("named");
        assertThat(stopped.status()).isEqualTo(503);
        assertThat(stopped.code()).isEqualTo("NO_WORKER");
        assertThat(stopped.detail()).contains("no version of model 'named' takes calls");
        assertThat(call("named:1").status()).isEqualTo(200);
    }
}
