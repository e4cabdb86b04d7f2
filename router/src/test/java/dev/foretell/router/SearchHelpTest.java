package dev.foretell.router;

import static dev.foretell.router.LiveTasks.ORDER;
import static dev.foretell.router.LiveTasks.SEARCH;
import static dev.foretell.router.LiveTasks.claim;
import static dev.foretell.router.LiveTasks.heartbeat;
import static dev.foretell.router.LiveTasks.queue;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainers that help with the trials of a search that another one runs; the test plays them all. */
class SearchHelpTest {
    private static final String TWO_TRIALS = """
            ,"software":"v1","trials":[{"trial":7,"work":{"n":7}},{"trial":8,"work":{"n":8}}]""";

    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with("tasks.lease", "2s");

    private JsonNode search = claimed(SEARCH);

    private static JsonNode claimed(String order) {
        queue(LIVE, order);
        return claim(LIVE, "owner");
    }

    @AfterEach
    void cancel() {
        LIVE.post("/v1/tasks/" + search.path("id").asText() + "/cancel", "");
    }

    private Answer offer(String more) {
        return LIVE.post(
                "/v1/trainers/owner/tasks/" + search.path("id").asText() + "/trials",
                "{\"fence\":" + search.path("fence").asLong() + more + "}");
    }

    /** A helper's first word. */
    private static Answer find(String trainer, String software) {
        return LIVE.post("/v1/trainers/" + trainer + "/trials", "{\"software\":\"" + software + "\",\"places\":1}");
    }

    private static Answer tell(String trainer, JsonNode helped, String more) {
        return LIVE.post("/v1/trainers/" + trainer + "/trials", """
                {"software":"v1","places":1,"task":"%s","fence":%d%s}""".formatted(
                        helped.path("id").asText(), helped.path("fence").asLong(), more));
    }

    private static String ended(JsonNode helped) {
        return """
                ,"ended":[{"trial":%d,"token":%d,"scores":[0.25,0.1234567890123456]}]""".formatted(
                        helped.at("/trials/0/trial").asInt(),
                        helped.at("/trials/0/token").asLong());
    }

    private static double metric(String outcome) {
        String name = "foretell_trials_helped_total{outcome=\"" + outcome + "\"} ";
        return LIVE.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void aHelperTriesATrialAndItsSearchHearsTheOutcome() {
        double before = metric("counted");
        assertThat(offer(TWO_TRIALS).json().toString()).isEqualTo("{\"helping\":0,\"trials\":[]}");
        JsonNode first = find("helper", "v1").json();
        JsonNode lent = offer(TWO_TRIALS).json();
        JsonNode second = tell("helper", first, ended(first)).json();
        JsonNode again = tell("helper", first, ended(first)).json();
        JsonNode heard = offer(TWO_TRIALS).json();

        assertThat(first.path("id")).isEqualTo(search.path("id"));
        assertThat(first.at("/parameters/target").asText()).isEqualTo("y");
        assertThat(first.at("/data/digest")).isEqualTo(search.at("/data/digest"));
        assertThat(first.at("/limits/memory_mb").asInt()).isPositive();
        assertThat(first.at("/trials/0/work/n").asInt()).isEqualTo(7);
        assertThat(lent.toString()).isEqualTo("{\"helping\":1,\"trials\":[{\"trial\":7,\"trainer\":\"helper\"}]}");
        assertThat(second.at("/trials/0/trial").asInt()).isEqualTo(8);
        assertThat(again.at("/trials/0/trial").asInt()).isEqualTo(8);
        assertThat(heard.at("/trials/0").toString()).isEqualTo("""
                {"trial":7,"trainer":"helper","outcome":{"scores":[0.25,0.1234567890123456]}}""");
        assertThat(metric("counted")).isEqualTo(before + 1);
    }

    @Test
    void aHelperWaitsForASearch() {
        CompletableFuture<Answer> waits = CompletableFuture.supplyAsync(
                () -> LIVE.post("/v1/trainers/helper/trials", "{\"software\":\"v1\",\"places\":1,\"wait_ms\":30000}"));
        offer(TWO_TRIALS);

        assertThat(waits.join().json().path("id")).isEqualTo(search.path("id"));
    }

    @Test
    void onlyAnotherTrainerOfTheSameSoftwareHelps() {
        offer(TWO_TRIALS);

        assertThat(find("helper", "v2").status()).isEqualTo(204);
        assertThat(find("owner", "v1").status()).isEqualTo(204);
        assertThat(find("helper", "v1").status()).isEqualTo(200);
    }

    @Test
    void aCancelledSearchHasNoHelpersAndTakesNoOutcome() {
        offer(TWO_TRIALS);
        JsonNode helped = find("helper", "v1").json();
        double late = metric("late");
        cancel();

        assertThat(tell("helper", helped, ended(helped)).status()).isEqualTo(204);
        assertThat(find("helper", "v1").status()).isEqualTo(204);
        assertThat(offer(TWO_TRIALS).status()).isEqualTo(409);
        assertThat(metric("late")).isEqualTo(late + 1);
    }

    @Test
    void aHelperThatFallsSilentLosesItsTrialAndItsLateOutcomeIsRefused() {
        offer(TWO_TRIALS.replace(",{\"trial\":8,\"work\":{\"n\":8}}", ""));
        JsonNode silent = find("silent", "v1").json();
        JsonNode next = Awaitility.await()
                .until(
                        () -> {
                            heartbeat(LIVE, "owner", search, "");
                            offer(TWO_TRIALS.replace(",{\"trial\":8,\"work\":{\"n\":8}}", ""));
                            return find("next", "v1");
                        },
                        answer -> answer.status() == 200)
                .json();
        JsonNode told = tell("silent", silent, ended(silent)).json();

        assertThat(next.at("/trials/0/trial").asInt()).isEqualTo(7);
        assertThat(next.at("/trials/0/token").asLong())
                .isGreaterThan(silent.at("/trials/0/token").asLong());
        assertThat(told.path("trials")).isEmpty();
        assertThat(offer(TWO_TRIALS).json().at("/trials/0").has("outcome")).isFalse();
    }

    @Test
    void theNextTrainerOfASearchBeginsItsOfferAnew() {
        offer(TWO_TRIALS);
        JsonNode helped = find("helper", "v1").json();
        LiveTasks.release(LIVE, "owner", search, "");
        JsonNode before = search;
        search = claim(LIVE, "owner");
        Answer zombie = LIVE.post(
                "/v1/trainers/owner/tasks/" + search.path("id").asText() + "/trials",
                "{\"fence\":" + before.path("fence").asLong() + TWO_TRIALS + "}");

        assertThat(zombie.status()).isEqualTo(409);
        assertThat(offer(TWO_TRIALS).json().path("trials")).isEmpty();
        assertThat(tell("helper", helped, ended(helped)).status()).isEqualTo(204);
    }

    @Test
    void aTaskThatIsNoSearchHasNoTrials() {
        JsonNode of = search;
        search = claimed(ORDER);
        Answer answer = offer(TWO_TRIALS);
        cancel();
        search = of;

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).endsWith("is no search, so it has no trials");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                              | software is missing
            {"software":"v1","places":-1}                   | places must be a whole number from 0 to 1000
            {"software":"v1","working":{}}                  | working must be an array of at most 128 trials
            {"software":"v1","ended":[{"trial":1}]}         | ended.scores must be an array of 1 to 16 numbers, or there is a failure
            {"software":"v1","ended":[{"scores":["a"]}]}    | ended.scores must be finite numbers
            {"software":"v1","ended":[{"scores":["NaN"]}]}  | ended.scores must be finite numbers
            {"software":"v1","ended":[{"scores":[-1e999]}]} | ended.scores must be finite numbers
            {"software":"v1","ended":[{"score":1}]}         | ended has no field 'score', only trial, token, scores, failure, folds
            """)
    void whatMakesNoSenseIsRefusedInASentence(String body, String sentence) {
        Answer answer = LIVE.post("/v1/trainers/helper/trials", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo(sentence);
    }

    @Test
    void noTrialIsOfferedTwice() {
        Answer answer = offer(TWO_TRIALS.replace("\"trial\":8", "\"trial\":7"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo("trials has trial 7 twice");
    }
}
