package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two routers on one Redis that change ensembles at the same moment. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnsemblesSharedTest {
    private static final int ROUNDS = 20;
    private static final int PATIENCE = 120;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    private LiveRouter other = LiveRouter.with();

    @BeforeAll
    void join() throws IOException {
        String conf = Files.readString(router.folder().resolve("redis.conf"));
        other = LiveRouter.with(
                "redis.address",
                "redis://:" + found("(?m)^requirepass (\\S+)", conf) + "@127.0.0.1:" + found("(?m)^port (\\d+)", conf),
                "models.folder",
                router.folder().resolve("models").toString());
        other.open();
    }

    @AfterAll
    void leave() throws IOException {
        other.shut();
    }

    @BeforeEach
    void serve() {
        EnsembleStage.serve(router, EnsembleStage.answering(router, "1"), EnsembleStage.answering(router, "4"));
        Awaitility.await().until(() -> other.get("/v1/workers").body().contains("AI/b"));
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** Both routers put at once, again and again; the answers, of the first router's calls and then of the second's. */
    private List<List<Answer>> together(IntFunction<String[]> first, IntFunction<String[]> second) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<List<Answer>> one = CompletableFuture.supplyAsync(() -> putAll(router, first, start));
        CompletableFuture<List<Answer>> two = CompletableFuture.supplyAsync(() -> putAll(other, second, start));
        return List.of(one.get(PATIENCE, TimeUnit.SECONDS), two.get(PATIENCE, TimeUnit.SECONDS));
    }

    private static List<Answer> putAll(LiveRouter at, IntFunction<String[]> recipe, CyclicBarrier start) {
        List<Answer> answers = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try {
                start.await(PATIENCE, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            String[] put = recipe.apply(round);
            answers.add(at.put("/v1/ensembles/" + put[0], put[1]));
        }
        return answers;
    }

    private static String weighted(int weight) {
        return "{\"merge\":\"weighted\",\"members\":[{\"model\":\"fib\",\"weight\":" + weight + "},\"b\"]}";
    }

    private static JsonNode ensembles(LiveRouter at) {
        return at.get("/v1/ensembles").json().path("ensembles");
    }

    @Test
    void theLastChangeOfOneEnsembleIsThatOfBoth() throws Exception {
        List<List<Answer>> answers = together(round -> new String[] {"both", weighted(round + 2)}, round ->
                new String[] {"both", weighted(round + 102)});

        answers.forEach(all -> assertThat(all)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.body()).isEqualTo(200)));
        Awaitility.await()
                .until(() -> router.get("/v1/ensembles/both")
                        .json()
                        .equals(other.get("/v1/ensembles/both").json()));
        assertThat(router.get("/v1/ensembles/both")
                        .json()
                        .at("/members/0/weight")
                        .asInt())
                .isIn(ROUNDS + 1, ROUNDS + 101);
    }

    @Test
    void noneOfManyIsLost() throws Exception {
        together(round -> new String[] {"one-" + round, weighted(2)}, round ->
                new String[] {"two-" + round, weighted(3)});

        for (LiveRouter each : List.of(router, other)) {
            Awaitility.await()
                    .untilAsserted(() -> assertThat(ensembles(each).findValuesAsText("name").stream()
                                    .filter(name -> name.startsWith("one-") || name.startsWith("two-")))
                            .hasSize(2 * ROUNDS));
        }
    }

    @Test
    void twoHalvesOfACycleAreNeverBothTaken() throws Exception {
        for (String name : List.of("left", "right")) {
            assertThat(router.put("/v1/ensembles/" + name, weighted(2)).status())
                    .isEqualTo(200);
        }
        Awaitility.await().until(() -> other.get("/v1/ensembles/right").status() == 200);
        String cycle = "{\"merge\":\"mean\",\"members\":[\"%s\"]}";

        List<List<Answer>> answers = together(round -> new String[] {"left", cycle.formatted("right")}, round ->
                new String[] {"right", cycle.formatted("left")});

        List<Integer> left =
                answers.get(0).stream().map(Answer::status).distinct().toList();
        List<Integer> right =
                answers.get(1).stream().map(Answer::status).distinct().toList();
        assertThat(List.of(left, right)).as("one of them is always refused").contains(List.of(422));
        assertThat(List.of(left, right)).contains(List.of(200));
    }
}
