package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Headers;
import dev.foretell.worker.BatchFunctions;
import dev.foretell.worker.Http;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.function.Batch;
import dev.foretell.worker.function.FunctionNotFoundException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many calls in one request: each gets its own answer. */
class BatchTest {
    private static RunningWorker worker;

    @BeforeAll
    static void start() {
        worker = Worker.of("twice", BatchFunctions::twice)
                .and("areas", BatchFunctions::areas)
                .and("ratios", BatchFunctions::ratios)
                .and("tooFew", BatchFunctions::tooFew)
                .and("later", BatchFunctions::later)
                .and("anything", BatchFunctions::anything)
                .and("sorted", BatchFunctions::sorted)
                .start();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @BeforeEach
    void forget() {
        BatchFunctions.GIVEN.clear();
    }

    private static HttpResponse<String> batch(String function, String count, String body) {
        return Http.send(Http.request(worker.url() + "/" + function)
                .header(Headers.BATCH, count)
                .POST(BodyPublishers.ofString(body)));
    }

    private static JsonNode json(String text) {
        return Json.readTree(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theIndexSaysWhichFunctionsTakeBatchesAndWhatOneItemIs() {
        JsonNode functions = json(Http.get(worker.url()).body()).path("functions");

        assertThat(functions.at("/twice/batch/max").asInt()).isEqualTo(4);
        assertThat(functions.at("/twice/parameters/0/name").asText()).isEqualTo("n");
        assertThat(functions.at("/twice/parameters/0/type").asText()).isEqualTo("int");
        assertThat(functions.at("/twice/result/type").asText()).isEqualTo("integer");
        assertThat(functions.at("/areas/batch/max").asInt()).isEqualTo(32);
        assertThat(functions.path("sorted").has("batch")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            twice  | {"n":5}                | 200 | 10
            areas  | {"length":2,"width":3} | 200 | 6.0
            twice  | {"n":"x"}              | 422 | {"error":"argument 'n' must be of type int"}
            twice  | {"n":-1}               | 500 | {"error":"IllegalArgumentException: n must not be negative"}
            later  | {"word":"a"}           | 200 | "A"
            twice  | {"n":null}             | 422 | {"error":"argument 'n' must be of type int"}
            sorted | [3,1]                  | 200 | [1,3]
            """)
    void aSingleCallTakesOneItem(String function, String body, int status, String expected) {
        HttpResponse<String> answer = Http.post(worker.url() + "/" + function, body);

        assertThat(answer.body()).isEqualTo(expected);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void manyCallsAreOneCallOfTheFunction() {
        HttpResponse<String> answer = batch("twice", "3", """
                [{"n":1},{"n":2},{"n":3}]""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("""
                [{"status":200,"body":2},{"status":200,"body":4},{"status":200,"body":6}]""");
        assertThat(BatchFunctions.GIVEN).containsExactly(List.of(1, 2, 3));
    }

    @Test
    void anArgumentThatDoesNotFitIsItsOwnCallsError() {
        HttpResponse<String> answer = batch("twice", "3", """
                [{"n":1},{"n":"x"},{}]""");

        assertThat(answer.body()).isEqualTo("""
                [{"status":200,"body":2},{"status":422,"body":{"error":"argument 'n' must be of type int"}},\
                {"status":422,"body":{"error":"missing a required argument: 'n'"}}]""");
        assertThat(BatchFunctions.GIVEN).containsExactly(List.of(1));
    }

    @Test
    void whenTheFunctionThrowsEachItemIsTriedOnceAlone() {
        HttpResponse<String> answer = batch("twice", "3", """
                [{"n":1},{"n":-1},{"n":3}]""");

        assertThat(answer.body()).isEqualTo("""
                [{"status":200,"body":2},{"status":500,"body":\
                {"error":"IllegalArgumentException: n must not be negative"}},{"status":200,"body":6}]""");
        assertThat(BatchFunctions.GIVEN).containsExactly(List.of(1, -1, 3), List.of(1), List.of(-1), List.of(3));
    }

    @Test
    void infinityIsAResultLikeAnyOther() {
        HttpResponse<String> answer = batch("ratios", "2", """
                [{"of":0},{"of":2}]""");

        assertThat(answer.body()).isEqualTo("""
                [{"status":200,"body":"Infinity"},{"status":200,"body":0.5}]""");
    }

    @Test
    void aFutureOfTheAnswersIsWaitedFor() {
        assertThat(batch("later", "2", """
                [{"word":"a"},{"word":"b"}]""").body()).isEqualTo("""
                        [{"status":200,"body":"A"},{"status":200,"body":"B"}]""");
    }

    @Test
    void anAnswerChoosesItsStatusButWhatIsNotJsonCannotTravel() {
        assertThat(batch("anything", "2", """
                [{"n":5},{"n":-5}]""").body()).isEqualTo("""
                        [{"status":201,"body":5},{"status":500,"body":\
                        {"error":"in a batch, a result can only be JSON"}}]""");
    }

    @Test
    void tooFewAnswersAreNoOnes() {
        JsonNode answers = json(batch("tooFew", "2", """
                [{"n":1},{"n":2}]""").body());

        assertThat(answers).hasSize(2).allSatisfy(answer -> {
            assertThat(answer.path("status").asInt()).isEqualTo(500);
            assertThat(answer.at("/body/error").asText()).contains("was given 2 items and answered 1 of them");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            twice  | 5 | [1,2,3,4,5] | 422 | holds from 1 to 4 calls
            twice  | 0 | []          | 422 | holds from 1 to 4 calls
            twice  | x | []          | 422 | holds from 1 to 4 calls
            twice  | 2 | [{"n":1}]   | 400 | as many elements as its header says
            twice  | 1 | {"n":1}     | 400 | as many elements as its header says
            twice  | 1 | [{"n":1}    | 400 | the JSON ends too early
            sorted | 1 | [[1]]       | 422 | takes no batches
            """)
    void aBatchThatIsNoneIsRefusedWhole(String function, String count, String body, int status, String error) {
        HttpResponse<String> answer = batch(function, count, body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer.body()).path("error").asText()).contains(error);
    }

    @Batch
    static int sum(List<Integer> n) {
        return n.size();
    }

    @Batch
    static List<Integer> two(List<Integer> a, List<Integer> b) {
        return a.subList(0, b.size());
    }

    @Test
    void theAnnotationIsForMethodsFromOneListToAList() {
        assertThatThrownBy(() -> Worker.of("sum", BatchTest::sum)).isInstanceOf(FunctionNotFoundException.class);
        assertThatThrownBy(() -> Worker.of("two", BatchTest::two))
                .isInstanceOf(FunctionNotFoundException.class)
                .hasMessageContaining("take one List and return a List");
    }
}
