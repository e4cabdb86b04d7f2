package dev.foretell.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The tour: calls of the public API in the order of a newcomer, each with a check. */
final class Tour {
    private static final String MAP = "/v1/model_workers_map";
    private static final String PREDICT = "/v1/AI_model/predict";

    private final DemoProcesses cast;
    private final DemoOutput screen;
    private final RouterHttp router;

    Tour(DemoProcesses cast, DemoOutput screen) {
        this.cast = cast;
        this.screen = screen;
        this.router = cast.router();
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>(List.of(
                new Step("Is the router ready?", this::ready),
                new Step("Register two workers, each with two models", this::register),
                new Step("Ask the model fib for the 10th Fibonacci number", this::fib),
                new Step("Ask the model iris for the species of a flower", this::iris),
                new Step("Ask for nonsense", this::nonsense),
                new Step("Who serves what?", this::map),
                new Step("How are the workers?", this::workers),
                new Step("Kill a worker with -9 while calls go on", this::kill),
                new Step("The router has noticed", this::down),
                new Step("A new worker at the same address", this::back),
                new Step("Calls answered, per model and worker", this::counts)));
        steps.addAll(new ModelTour(cast, screen).steps());
        return steps;
    }

    /** Runs all steps, even after a failed one; returns whether all succeeded. */
    boolean run() throws IOException, InterruptedException {
        List<Step> steps = steps();
        Table summary = new Table("", "STEP", "SEEN");
        boolean held = true;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            screen.heading(i + 1, step.heading());
            try {
                summary.row("✓", step.heading(), step.show().run());
            } catch (DemoFailure | CommandFailure e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                held = false;
                screen.say("✗ " + e.getMessage());
                summary.row(
                        "✗",
                        step.heading(),
                        String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
        }
        screen.say("\n" + summary);
        if (!held) {
            screen.say("\nSome steps failed. The ends of the logs:" + cast.lastWords());
        }
        return held;
    }

    private String ready() throws DemoFailure, InterruptedException {
        Wait.until(() -> router.get("/readyz").isOk(), "the router does not become ready");
        screen.ask(router, "GET", "/readyz", null);
        return "yes";
    }

    private String register() throws DemoFailure, InterruptedException {
        String workers = cast.ports().stream()
                .map(port -> "{\"host\":\"127.0.0.1\",\"port\":" + port + ",\"local_worker_id\":0}")
                .collect(Collectors.joining(","));
        Reply reply = screen.ask(router, "PUT", MAP, "{\"AI\":{\"fib\":[" + workers + "],\"iris\":[" + workers + "]}}");
        DemoFailure.unless(reply.json().path("Register Model Service").asText().equals("Success"), "not registered");
        Wait.until(() -> ready(0) && ready(1), "the workers do not become READY");
        return "2 workers READY";
    }

    private String fib() throws DemoFailure {
        Reply reply = screen.ask(router, "POST", PREDICT, "{\"modelId\":\"fib\",\"data\":{\"n\":10}}");
        DemoFailure.unless(is89(reply), "89 was expected");
        return reply.body();
    }

    private String iris() throws DemoFailure {
        Reply reply = screen.ask(
                router,
                "POST",
                PREDICT,
                "{\"modelId\":\"iris\",\"data\":{\"sepalLength\":5.1,\"sepalWidth\":3.5,\"petalLength\":1.4,"
                        + "\"petalWidth\":0.2}}");
        String species = reply.json().path("species").asText();
        DemoFailure.unless(species.equals("setosa"), "setosa was expected");
        return species;
    }

    private String nonsense() throws DemoFailure {
        Reply reply = screen.ask(router, "POST", PREDICT, "{\"modelId\":\"fib\",\"data\":{\"m\":10}}");
        DemoFailure.unless(reply.status() == 422, "status 422 was expected");
        DemoFailure.unless(reply.json().path("code").asText().equals("INVALID_INPUT"), "a problem was expected");
        return "422 " + reply.json().path("detail").asText();
    }

    private String map() throws DemoFailure {
        JsonNode models = screen.ask(router, "GET", MAP, null).json().path("AI");
        DemoFailure.unless(models.path("fib").size() == 2 && models.path("iris").size() == 2, "2 models of 2 workers");
        return "AI: fib, iris";
    }

    private String workers() throws DemoFailure {
        Reply reply = screen.ask(router, "GET", MAP + "?model-type=AI", null);
        DemoFailure.unless(reply.json().size() == 2 && ready(0) && ready(1), "2 workers that are READY were expected");
        return "2 READY";
    }

    private String kill() throws DemoFailure, InterruptedException {
        int calls = LoadBurst.calls();
        screen.say(calls + " calls of fib from " + LoadBurst.threads() + " threads; meanwhile");
        int wrong = new LoadBurst()
                .run(router, PREDICT, "{\"modelId\":\"fib\",\"data\":{\"n\":10}}", Tour::is89, this::killSecond);
        DemoFailure.unless(wrong == 0, wrong + " of " + calls + " calls went wrong");
        screen.say(calls + " answered 89, 0 failed");
        return calls + " calls, 0 failed";
    }

    private void killSecond() {
        screen.say("$ kill -9 " + cast.secondWorker().pid());
        cast.secondWorker().kill();
    }

    private String down() throws DemoFailure, InterruptedException {
        Wait.until(() -> state(1).equals("DOWN"), "the killed worker is not DOWN");
        screen.ask(router, "GET", MAP + "?model-type=AI", null);
        DemoFailure.unless(ready(0), "the other worker is not READY");
        return "1 READY, 1 DOWN";
    }

    private String back() throws DemoFailure, IOException, InterruptedException {
        screen.say("$ foretell worker -b 127.0.0.1:" + cast.ports().get(1) + " fib=… iris=…");
        cast.replaceSecondWorker();
        Wait.until(() -> ready(0) && ready(1), "the worker that came back is not READY");
        screen.ask(router, "GET", MAP + "?model-type=AI", null);
        return "2 READY";
    }

    private String counts() throws DemoFailure {
        Reply reply = screen.ask(router, "GET", "/elb-healthcheck", null);
        long answered = IntStream.range(0, 2)
                .mapToLong(i ->
                        reply.json().path("requests").path("fib").path(id(i)).asLong())
                .sum();
        DemoFailure.unless(reply.json().path("capacity").asInt() == 100, "a capacity of 100 was expected");
        DemoFailure.unless(answered > LoadBurst.calls(), answered + " calls of fib counted, more were expected");
        return answered + " calls of fib";
    }

    private static boolean is89(Reply reply) {
        return reply.isOk() && reply.body().equals("89");
    }

    private boolean ready(int worker) {
        return state(worker).equals("READY");
    }

    private String state(int worker) {
        return router.get(MAP + "?model-type=AI")
                .json()
                .path(id(worker))
                .path("state")
                .asText();
    }

    private String id(int worker) {
        return "127.0.0.1-" + cast.ports().get(worker) + "-0";
    }
}
