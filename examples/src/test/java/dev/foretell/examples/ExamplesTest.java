package dev.foretell.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.WorkerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamplesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static RunningWorker worker;

    @BeforeAll
    static void start() {
        WorkerConfig config = WorkerConfig.defaults();
        worker = WorkerProcess.start(
                        config.with(config.http().at("127.0.0.1", 0)),
                        List.of(
                                "fib=dev.foretell.examples.Fib::predict",
                                "dev.foretell.examples.Iris::classify",
                                "dev.foretell.examples.Forecast::forecast",
                                "dev.foretell.examples.Neighbour::species",
                                "Predict.java"))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 2", "10, 89"})
    void countFibonaccisNumbers(int n, int expected) throws Exception {
        String body = """
                {"n": %s}""".formatted(n);

        assertThat(post("fib", body)).isEqualTo(Integer.toString(expected));
        assertThat(post("predict", body)).isEqualTo(Integer.toString(expected));
    }

    @Test
    void countExactlyBeyondTwoToTheFiftyThree() throws Exception {
        assertThat(post("fib", """
                {"n": 90}""")).isEqualTo("4660046610375530309");
    }

    @Test
    void tellIrisesApart() throws Exception {
        String setosa = post("classify", """
                {"sepalLength": 5.1, "sepalWidth": 3.5, "petalLength": 1.4, "petalWidth": 0.2}""");

        assertThat(setosa).startsWith("""
                {"species":"setosa","distances":{"setosa":0.1""").contains("virginica");
    }

    @Test
    void tellNearlyAllOfTheirOwnIrisesApart() throws Exception {
        Iris iris = new Iris();
        List<String> lines = Files.readAllLines(Path.of("iris.csv"));

        long right = lines.stream()
                .skip(1)
                .map(line -> line.split(","))
                .filter(cells -> iris.classify(number(cells[0]), number(cells[1]), number(cells[2]), number(cells[3]))
                        .species()
                        .equals(cells[4]))
                .count();

        assertThat(lines).hasSize(151);
        assertThat(right).isEqualTo(139);
    }

    @Test
    void answerManyCallsAtOnce() throws Exception {
        String setosa = """
                {"sepalLength": 5.1, "sepalWidth": 3.5, "petalLength": 1.4, "petalWidth": 0.2}""";
        String virginica = """
                {"sepalLength": 6.3, "sepalWidth": 3.3, "petalLength": 6.0, "petalWidth": 2.5}""";

        assertThat(post("species", setosa)).isEqualTo("\"setosa\"");
        assertThat(send(request(
                                "species",
                                "[" + setosa + "," + setosa.replace("5.1", "\"long\"") + "," + virginica + "]")
                        .header("X-Foretell-Batch", "3")))
                .startsWith("""
                        [{"status":200,"body":"setosa"},{"status":422,"body":{"error":""")
                .endsWith("""
                        ,{"status":200,"body":"virginica"}]""");
    }

    @Test
    void forecastStepByStep() throws Exception {
        assertThat(post("forecast", """
                {"series": [1, 2, 3, 4], "steps": 3}""")).isEqualTo("""
                        {"step":1,"value":5.0}
                        {"step":2,"value":6.0}
                        {"step":3,"value":7.0}
                        """);
        assertThat(post("forecast", """
                {"series": [1]}""")).contains("at least two values");
    }

    @Test
    void forecastsHaveNoEndOfTheirOwn() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(worker.url() + "/forecast"))
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"series": [2, 4]}"""))
                .build();
        try (var lines =
                CLIENT.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            assertThat(lines.skip(9_999).findFirst()).hasValue("""
                    {"step":10000,"value":20004.0}""");
        }
    }

    private static double number(String cell) {
        return Double.parseDouble(cell);
    }

    private static String post(String function, String body) throws IOException, InterruptedException {
        return send(request(function, body));
    }

    private static HttpRequest.Builder request(String function, String body) {
        return HttpRequest.newBuilder(URI.create(worker.url() + "/" + function))
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
