package dev.foretell.worker.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.examples.models.ExampleModels;
import dev.foretell.worker.onnx.shelf.RouterBlobs;
import dev.foretell.worker.onnx.shelf.ShelfConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host over HTTP. */
class ModelHostTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String FLOWER = """
            {"X":[[5.1,3.5,1.4,0.2]]}""";

    private BlobServer pool;
    private ModelHost host;

    @BeforeEach
    void start() {
        pool = new BlobServer();
        host = start("512m", "10g");
    }

    private ModelHost start(String memory, String disk) {
        ShelfConfig shelf = new ShelfConfig(memory, "", disk, 2, Duration.ofMinutes(10), Duration.ofSeconds(3));
        return ModelHost.start(
                        HostConfig.defaults().with(shelf), new RouterBlobs(pool.url(), "", Duration.ofMinutes(10)))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void restart(String memory, String disk) {
        host.close();
        host = start(memory, disk);
    }

    @AfterEach
    void stop() {
        host.close();
        pool.close();
    }

    private HttpResponse<String> call(String function, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(host.url() + "/" + function))
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.readTree(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void servesAFileOfThePool() {
        String iris = Hosting.predictFunction(pool.add(ExampleModels.iris()));

        HttpResponse<String> answer = call(iris, FLOWER);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).at("/output_label/0").asInt()).isEqualTo(0);
        assertThat(call(iris, """
                {"values":[5.1,3.5,1.4,0.2]}""").body()).isEqualTo("""
                        {"values":[0]}""");
        assertThat(pool.fetched()).isEqualTo(1);
    }

    @Test
    void inTheProtocolToo() {
        String infer = Hosting.inferFunction(pool.add(ExampleModels.iris()));

        HttpResponse<String> answer = call(infer, """
                {"inputs":[{"name":"X","shape":[1,4],"datatype":"FP32","data":[5.1,3.5,1.4,0.2]}]}""", Hosting.MODEL_HEADER, "iris:2");

        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(json(answer).path("model_name").asText()).isEqualTo("iris");
        assertThat(json(answer).path("model_version").asText()).isEqualTo("2");
        assertThat(json(answer).at("/outputs/0/data/0").asInt()).isEqualTo(0);
    }

    @Test
    void pictures() {
        String digits = Hosting.predictFunction(pool.add(ExampleModels.digits()));
        byte[] picture = ExampleModels.picture(7, "jpeg");

        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(host.url() + "/" + digits))
                .header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(picture))
                .build());
        HttpResponse<String> form = send(HttpRequest.newBuilder(URI.create(host.url() + "/" + digits))
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofByteArrays(List.of(
                        "--b\r\nContent-Disposition: form-data; name=\"path\"; filename=\"7.jpg\"\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII),
                        picture,
                        "\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII))))
                .build());

        assertThat(json(answer).at("/values/0/7").asDouble()).isGreaterThan(0.5);
        assertThat(form.body()).isEqualTo(answer.body());
    }

    @Test
    void batches() {
        String iris = Hosting.predictFunction(pool.add(ExampleModels.iris()));

        HttpResponse<String> answer = call(iris, """
                [%s,{"values":[5.1,3.5,1.4,0.2]},{"X":[[1]]}]""".formatted(FLOWER), Headers.BATCH, "3");

        assertThat(json(answer).at("/0/status").asInt()).isEqualTo(200);
        assertThat(json(answer).at("/0/body/output_label/0").asInt()).isEqualTo(0);
        assertThat(json(answer).at("/1/body/values/0").asInt()).isEqualTo(0);
        assertThat(json(answer).at("/2/status").asInt()).isEqualTo(422);
    }

    @Test
    void saysThatItIsAHost() {
        HttpResponse<String> index =
                send(HttpRequest.newBuilder(URI.create(host.url() + "/")).build());
        JsonNode identity = json(call("identity", """
                {"item":[1]}"""));

        WorkerIndex read = Json.MAPPER.convertValue(json(index), WorkerIndex.class);
        assertThat(read.hosts()).isEqualTo(new WorkerIndex.Batch(64, 512 << 20));
        assertThat(read.functions()).containsKeys("identity", "inspect", "onnx");
        assertThat(identity.path("item").toString()).isEqualTo("[1]");
        assertThat(identity.path("modelhost").asText()).matches("127\\.0\\.0\\.1-\\d+-0");
    }

    @Test
    void manyCallersOfOneModelWaitForOneFetch() throws Exception {
        String iris = Hosting.predictFunction(pool.add(ExampleModels.iris()));

        List<Integer> statuses = atOnce(8, i -> call(iris, FLOWER).statusCode());

        assertThat(statuses).containsOnly(200);
        assertThat(pool.fetched()).isEqualTo(1);
    }

    @Test
    void waitsNoLongerThanTheCaller() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        pool.before(() -> await(open));
        String iris = Hosting.predictFunction(pool.add(ExampleModels.iris()));

        assertThat(call(iris, FLOWER, Headers.TIMEOUT_MS, "100").statusCode()).isEqualTo(504);
        List<Integer> others =
                atOnce(6, i -> call(iris, FLOWER, Headers.TIMEOUT_MS, "100").statusCode());

        assertThat(others).containsOnly(504);
        assertThat(call("identity", """
                {"item":1}""").statusCode()).isEqualTo(200);
        open.countDown();
        assertThat(call(iris, FLOWER).statusCode()).isEqualTo(200);
    }

    @Test
    void aWebPageHasItPredictAndNoMore() {
        for (String own : List.of("inspect", "identity", "onnx")) {
            assertThat(call(own, "{}", "Origin", "https://evil.example").statusCode())
                    .isEqualTo(403);
            assertThat(call(own, "{}", "Sec-Fetch-Site", "cross-site").statusCode())
                    .isEqualTo(403);
            assertThat(call(own, "{}").statusCode()).isNotEqualTo(403);
        }
        assertThat(call("sha256-" + "0".repeat(64), FLOWER, "Origin", "https://evil.example")
                        .statusCode())
                .isNotEqualTo(403);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatCannotBeServedIsToldWhy() {
        byte[] iris = ExampleModels.iris();
        String wrong = BlobServer.digest("something else".getBytes(StandardCharsets.UTF_8));
        pool.addAs(wrong, iris);
        String text = pool.add("this is no model".getBytes(StandardCharsets.UTF_8));

        assertThat(call(Hosting.predictFunction("0".repeat(64)), FLOWER).statusCode())
                .isEqualTo(502);
        assertThat(call(Hosting.predictFunction("abc"), FLOWER).statusCode()).isEqualTo(404);
        assertThat(call(Hosting.predictFunction(wrong), FLOWER).body()).contains("another digest");
        assertThat(call(Hosting.predictFunction(text), FLOWER).statusCode()).isEqualTo(422);
        assertThat(call(Hosting.predictFunction(text), FLOWER).body()).contains("not an ONNX model");
        assertThat(pool.fetched()).isEqualTo(3);
    }

    @Test
    void aModelThatCanNeverFit() {
        restart("530k", "10g");
        String iris = pool.add(ExampleModels.iris());
        String digits = pool.add(ExampleModels.digits());

        assertThat(call(Hosting.predictFunction(iris), FLOWER).statusCode()).isEqualTo(200);
        assertThat(call(Hosting.predictFunction(digits), FLOWER).statusCode()).isEqualTo(503);
        assertThat(call(Hosting.predictFunction(digits), FLOWER).body()).contains("the model needs about", "--memory");
    }

    @Test
    void twoHundredModelsInTheRoomOfTwenty() throws Exception {
        restart("11m", "64k");
        List<String> models = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            models.add(Hosting.predictFunction(
                    pool.add(TinyModels.with(TinyModels.identity(DataType.FLOAT, -1, 2), "number", Integer.toString(i))
                            .toByteArray())));
        }

        List<Integer> statuses =
                atOnce(250, i -> call(models.get(i * 7 % 200), """
                        {"x":[[1,2]]}""").statusCode());

        assertThat(statuses).hasSize(250).containsOnly(200);
        assertThat(json(call("onnx", "{}")).path("models").asInt()).isBetween(1, 21);
        assertThat(json(call("onnx", "{}")).path("bytes").asLong()).isLessThanOrEqualTo(11 << 20);
    }

    private static <T> List<T> atOnce(int calls, java.util.function.IntFunction<T> call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<T>> work = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                int number = i;
                work.add(() -> call.apply(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(work)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
