package dev.foretell.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.examples.models.ExampleModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** The part of the tour about model files: upload, calls with numbers and an image, gradual replacement. */
final class ModelTour {
    private static final String PREDICT = "/v1/AI_model/predict";
    private static final String FLOWERS = "/v1/models/flowers";
    private static final int MAX_REPEATS = 15;
    private static final String FILE = "application/octet-stream";
    /** A virginica: class 2. */
    private static final String FLOWER = "{\"modelId\":\"flowers\",\"data\":{\"values\":[6.3,3.3,6.0,2.5]}}";

    private final DemoProcesses cast;
    private final DemoOutput screen;
    private final RouterHttp router;

    ModelTour(DemoProcesses cast, DemoOutput screen) {
        this.cast = cast;
        this.screen = screen;
        this.router = cast.router();
    }

    List<Step> steps() {
        return List.of(
                new Step("Upload a model file; one of two model hosts inspects it", this::push),
                new Step("Call the model with numbers", this::numbers),
                new Step("Upload a model that reads digits, and send it an image", this::picture),
                new Step("A second version gets 5 % of the calls", this::split));
    }

    private String push() throws DemoFailure, InterruptedException {
        Wait.until(() -> hosts() == 2, "the model hosts do not become READY");
        Reply reply = push(FLOWERS, cast.models().resolve("iris.onnx"));
        DemoFailure.unless(reply.status() == 201, "status 201 was expected");
        return "version " + reply.json().path("version").asText();
    }

    /** On a busy machine Redis may be slow to respond; then the router asks to retry. */
    private Reply push(String model, Path file) throws InterruptedException {
        Reply reply = screen.send(router, model + "/versions", file, FILE);
        for (int again = 0; reply.status() == 503 && again < MAX_REPEATS; again++) {
            TimeUnit.SECONDS.sleep(2);
            reply = screen.send(router, model + "/versions", file, FILE);
        }
        return reply;
    }

    private long hosts() {
        JsonNode hosts = router.get("/v1/model_workers_map?model-type=hosts").json();
        return StreamSupport.stream(hosts.spliterator(), false)
                .filter(host -> host.path("state").asText().equals("READY"))
                .count();
    }

    private String numbers() throws DemoFailure {
        Reply reply = screen.ask(router, "POST", PREDICT, FLOWER);
        DemoFailure.unless(isVirginica(reply), "class 2 was expected");
        return reply.body();
    }

    private static boolean isVirginica(Reply reply) {
        return reply.isOk() && reply.json().at("/values/0").asInt(-1) == 2;
    }

    private String picture() throws DemoFailure, InterruptedException {
        push("/v1/models/digits", cast.models().resolve("digits.onnx"));
        Reply reply =
                screen.send(router, "/v1/AI_model/digits/predict", cast.models().resolve("seven.png"), "image/png");
        JsonNode scores = reply.json().at("/values/0");
        int digit = IntStream.range(0, scores.size())
                .reduce((a, b) -> scores.path(b).asDouble() > scores.path(a).asDouble() ? b : a)
                .orElse(-1);
        DemoFailure.unless(digit == 7, "a seven was expected");
        return "a 7";
    }

    private String split() throws DemoFailure, IOException, InterruptedException {
        Path file = Files.write(cast.models().resolve("iris-2.onnx"), ExampleModels.iris(2));
        Reply pushed = push(FLOWERS, file);
        DemoFailure.unless(pushed.json().path("state").asText().equals("STAGED"), "a STAGED version was expected");
        Reply split = screen.ask(router, "PUT", FLOWERS + "/traffic", "{\"weights\":{\"1\":95,\"2\":5}}");
        DemoFailure.unless(split.isOk(), "a split was expected");
        screen.say(LoadBurst.calls() + " calls of flowers");
        int wrong = new LoadBurst().run(router, PREDICT, FLOWER, ModelTour::isVirginica, () -> {});
        DemoFailure.unless(wrong == 0, wrong + " calls went wrong");
        JsonNode versions =
                screen.ask(router, "GET", FLOWERS + "/traffic", null).json().path("versions");
        int second = versions.at("/2/calls").asInt();
        DemoFailure.unless(second > 0 && second < LoadBurst.calls() / 4, second + " calls of version 2");
        return "version 2 got " + second + " of " + LoadBurst.calls();
    }
}
