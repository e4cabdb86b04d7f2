package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.FakeWorker.Call;
import dev.foretell.router.FakeWorker.Script;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A router that joins calls of {@code fib}, up to 8 of them, and scripts of workers that take them joined. */
abstract class BatchFixture {
    static final int CALLERS = 40;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "batch.models.AI/fib",
            "8",
            "batch.window",
            "20ms",
            "balance.policy",
            "round_robin",
            "deadline.by-default",
            "60s",
            "retry.budget-min",
            "100");

    final Queue<Call> batches = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void settle() {
        batches.clear();
    }

    static String index(int max) {
        return """
                {"functions":{"fib":{"path":"/fib","batch":{"max":%s}}}}""".formatted(max);
    }

    /** Takes a while, so that calls meet; answers each call with ten times its n, batches element by element. */
    Script batching() {
        return call -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            if (!call.headers().containsKey("X-Foretell-Batch")) {
                one(call);
                return;
            }
            batches.add(call);
            List<String> answers = new ArrayList<>();
            json(call.body()).forEach(item -> answers.add(element(item.path("n").asInt())));
            call.answer(200, "[" + String.join(",", answers) + "]");
        };
    }

    static void one(Call call) throws IOException {
        int n = json(call.body()).path("n").asInt();
        if (n == -1) {
            call.answer(422, """
                    {"error":"bad"}""");
        } else if (n < 0) {
            call.answer(500, """
                    {"error":"bad"}""", "X-Foretell-Error-Of", "function");
        } else {
            call.answer(200, Integer.toString(10 * n));
        }
    }

    static String element(int n) {
        return n < 0 ? """
                {"status":%s,"body":{"error":"bad"}}""".formatted(n == -1 ? 422 : 500) : """
                        {"status":200,"body":%s}""".formatted(10 * n);
    }

    static JsonNode json(String text) {
        return Json.readTree(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes these the model's workers, and waits until the router knows what they take. */
    static void serve(FakeWorker... workers) {
        router.serve(workers);
        Stream.of(workers).forEach(worker -> router.awaitState(worker, "READY"));
    }

    static List<CompletableFuture<Answer>> callAll(int bad) {
        return IntStream.range(0, CALLERS)
                .mapToObj(n -> router.predictAsync("""
                        {"n":%s}""".formatted(n == 20 && bad < 0 ? bad : n)))
                .toList();
    }

    static void assertAnswered(List<CompletableFuture<Answer>> calls, int except) {
        for (int n = 0; n < calls.size(); n++) {
            if (n != except) {
                Answer answer = calls.get(n).orTimeout(10, TimeUnit.SECONDS).join();
                assertThat(answer.body()).isEqualTo(Integer.toString(10 * n));
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.header("content-type")).isEqualTo("application/json");
            }
        }
    }
}
