package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.FakeWorker.Call;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ml_serving_app: rows M1 to M3, with a model host and a trainer that the test plays. */
class MlServingTest {
    private static final String TRAIN = "/train_decision_tree";
    private static final String SERVE = "/serve_decision_tree";
    private static final String SIGNATURE = """
            {"runtime":"onnx","inputs":[{"name":"sepal_length","datatype":"FP64","shape":[-1,1]},\
            {"name":"sepal_width","datatype":"FP64","shape":[-1,1]},{"name":"petal_length","datatype":"FP64","shape":[-1,1]},\
            {"name":"petal_width","datatype":"FP64","shape":[-1,1]}],\
            "outputs":[{"name":"label","datatype":"BYTES","shape":[-1]}],"metadata":{}}""";

    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with();

    /** The shortest of decision trees. */
    private static void predict(Call call) throws IOException {
        List<String> labels = new ArrayList<>();
        for (JsonNode row : call.json().path("petal_length")) {
            labels.add(row.get(0).asDouble() < 2.5 ? "\"setosa\"" : "\"virginica\"");
        }
        call.answer(200, "{\"label\":" + labels + ",\"probabilities\":[]}");
    }

    private static void serveHosts() {
        FakeHost.serve(
                LIVE,
                FakeHost.at(LIVE).inspects(call -> call.answer(200, SIGNATURE)).predicts(MlServingTest::predict));
    }

    private static Answer train(String url, String... headers) {
        try (LiveTasks.PlayedTrainer trainer = LiveTasks.PlayedTrainer.at(LIVE)) {
            return LIVE.get(url, headers);
        }
    }

    @Test
    void trainsAndServes() {
        serveHosts();
        Answer trained = train(TRAIN);
        Answer one = LIVE.post(SERVE, "{\"data\":[0.1,1.1,0.4,0.8]}");
        Answer byGet = LIVE.send("GET", SERVE, BodyPublishers.ofString("{\"data\":[6.3,3.3,6.0,2.5]}"));
        Answer several = LIVE.post(SERVE, "{\"data\":[[0.1,1.1,0.4,0.8],[6.3,3.3,6.0,2.5]]}");

        assertThat(trained.status()).as(trained.toString()).isEqualTo(200);
        assertThat(trained.header("Content-Type")).startsWith("text/plain");
        assertThat(trained.body())
                .startsWith("The decision tree is fitted to Iris and saved: version ")
                .contains("accuracy 0.950", SERVE, "/models/serve/decisiontree/");
        assertThat(one.body()).isEqualTo("setosa");
        assertThat(one.header("Content-Type")).startsWith("text/plain");
        assertThat(byGet.body()).isEqualTo("virginica");
        assertThat(several.json().toString()).isEqualTo("{\"predictions\":[\"setosa\",\"virginica\"]}");
    }

    @Test
    void eachTrainedModelIsAVersionWithAUrlAndItsOrigin() {
        serveHosts();
        Answer first = train("/train_random_forest");
        Answer second = train("/train_random_forest");
        String url = "/models/serve/randomforest/";
        JsonNode version = LIVE.get("/v1/models/randomforest/versions/2").json();

        assertThat(first.body()).contains(url + "1");
        assertThat(second.body()).contains(url + "2");
        for (String number : List.of("1", "2")) {
            assertThat(LIVE.post(url + number, "{\"data\":[0.1,1.1,0.4,0.8]}").body())
                    .isEqualTo("setosa");
        }
        assertThat(LIVE.post(url + "3", "{\"data\":[0.1,1.1,0.4,0.8]}").status())
                .isEqualTo(404);
        assertThat(version.at("/provenance/parameters").asText()).contains("random-forest", "species");
        assertThat(version.at("/provenance/data").asText()).startsWith("sha256:");
        assertThat(version.at("/provenance/task").asText())
                .isEqualTo(second.header("Location").replace("/v1/tasks/", ""));
    }

    @Test
    void saysThatItIsStillInTraining() {
        serveHosts();
        Answer answer = LIVE.get(TRAIN, "X-Request-Timeout-Ms", "1");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).contains("still in training", answer.header("Location"));
        assertThat(LIVE.post(answer.header("Location") + "/cancel", "").status())
                .isEqualTo(200);
    }

    @Test
    void sayWhyATrainingFailed() {
        serveHosts();
        Answer failed;
        try (LiveTasks.PlayedTrainer trainer = LiveTasks.PlayedTrainer.failing(LIVE, "no memory")) {
            failed = LIVE.get(TRAIN);
        }

        assertThat(failed.status()).isEqualTo(502);
        assertThat(failed.detail()).endsWith("failed: no memory");
    }

    @Test
    void aModelHostIsMissedBeforeTheTraining() {
        LIVE.delete("/v1/model_workers_map/hosts");
        long before = LIVE.get("/v1/tasks").json().path("tasks").size();
        Answer answer = LIVE.get(TRAIN);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.detail()).contains("foretell host");
        assertThat(LIVE.get("/v1/tasks").json().path("tasks").size()).isEqualTo((int) before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"data":[0.1,1.1,0.4]}          | 422 | row 1 must be an array of 4 values: sepal_length, sepal_width
            {"data":[[1,2,3,4],[1,2,3]]}    | 422 | row 2 must be an array of 4 values
            {"data":[[1,2,3,4],5]}          | 422 | row 2 must be an array
            {"data":[1,2,3,null]}           | 422 | row 1 holds NULL
            {"data":[1,2,3,{}]}             | 422 | row 1 holds OBJECT
            {"data":[]}                     | 422 | data is missing
            {"data":"x"}                    | 422 | data is missing
            {"rows":[1,2,3,4]}              | 422 | data is missing
            [1,2,3,4]                       | 422 | data is missing
            ``                              | 422 | the body is empty
            {"data":                        | 400 | JSON
            """)
    void saysWhatIsWrongWithRows(String body, int status, String words) {
        serveHosts();
        if (LIVE.get("/v1/models/decisiontree").status() == 404) {
            train(TRAIN);
        }
        Answer answer = LIVE.post(SERVE, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.detail()).contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/train_huber_regression", "/train_tree", "/serve_tree"})
    void aClassifierThatThereIsNotIsToldWithThoseThatThereAre(String url) {
        Answer answer = LIVE.get(url);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).contains("decision_tree", "random_forest");
    }

    @Test
    void whatIsNotTrainedYetIsToldWithTheWayToTrainIt() {
        Answer answer = LIVE.post("/serve_logistic_regression", "{\"data\":[1,2,3,4]}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).contains("GET /train_logistic_regression");
    }

    @Test
    void greetsABrowserWithTheWayToATree() {
        assertThat(LIVE.get("/", "Accept", "text/html").body()).contains("/train_decision_tree");
        assertThat(LIVE.get("/").json().at("/http_status/description").asText()).startsWith("Greetings");
    }
}
