package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.worker.Http;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.WorkerProcess;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.FunctionSource;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.function.UploadedFile;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Functions that are found as calls come for them. */
class SourceTest {
    private static final CompletableFuture<String> BROUGHT = new CompletableFuture<>();
    private static final Map<String, CompletionStage<?>> PREPARED = Map.of(
            "found-late",
            BROUGHT,
            "found-never",
            new CompletableFuture<>(),
            "found-broken",
            CompletableFuture.failedFuture(new ServingException(FailureKind.INVALID_INPUT, "it cannot be brought")));
    private static RunningWorker worker;

    @BeforeAll
    static void start() {
        FunctionSource source = new FunctionSource() {
            @Override
            public Optional<ServedFunction> find(String name) {
                return name.startsWith("found-") ? Optional.of(new Found(name)) : Optional.empty();
            }

            @Override
            public int batchMax() {
                return 64;
            }
        };
        WorkerConfig defaults = WorkerConfig.defaults();
        worker = WorkerProcess.serve(
                        defaults.with(defaults.http().at("127.0.0.1", 0)), List.of(new Found("listed")), source)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Test
    void aFunctionIsFoundByItsName() {
        assertThat(post("found-1", "x").body()).isEqualTo("\"found-1 text/x 1\"");
        assertThat(post("listed", "xy").body()).isEqualTo("\"listed text/x 2\"");
        assertThat(post("lost", "x").statusCode()).isEqualTo(404);
        assertThat(Http.get(worker.url() + "/found-1").statusCode()).isEqualTo(405);
    }

    @Test
    void theIndexSaysThatThereAreSuch() {
        WorkerIndex index = Json.MAPPER.convertValue(
                Json.readTree(Http.get(worker.url()).body().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                WorkerIndex.class);

        assertThat(index.functions()).containsOnlyKeys("listed");
        assertThat(index.hosts()).isEqualTo(new WorkerIndex.Batch(64));
        assertThat(worker.functions()).containsExactly("listed");
    }

    @Test
    void callsWaitUntilItIsReady() {
        BROUGHT.completeOnTimeout("now", 50, java.util.concurrent.TimeUnit.MILLISECONDS);

        assertThat(post("found-late", "x").body()).isEqualTo("\"found-late text/x 1\"");
    }

    @Test
    void butNotBeyondTheirDeadline() {
        assertThat(post("found-never", "x").statusCode()).isEqualTo(504);
    }

    @Test
    void andAreToldWhatIsWrong() {
        HttpResponse<String> answer = post("found-broken", "x");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("it cannot be brought");
    }

    private static HttpResponse<String> post(String function, String body) {
        return Http.send(Http.request(worker.url() + "/" + function)
                .header("Content-Type", "text/x")
                .header(Headers.TIMEOUT_MS, function.equals("found-never") ? "100" : "10000")
                .POST(BodyPublishers.ofString(body)));
    }

    private record Found(String name) implements ServedFunction, CallBody.Reader<String> {
        @Override
        public WorkerIndex.Function describe() {
            return new WorkerIndex.Function("/" + name, null, null, null);
        }

        @Override
        public List<String> headers() {
            return List.of("content-type", "x-missing");
        }

        @Override
        public @Nullable CompletionStage<?> prepare() {
            return PREPARED.get(name);
        }

        @Override
        public Object call(CallBody body) {
            return body.readBy(this);
        }

        @Override
        public String json(byte[] text) {
            throw new AssertionError("it asked for headers");
        }

        @Override
        public String bytes(byte[] body, Map<String, String> headers) {
            return name + " " + String.join(",", headers.values()) + " " + body.length;
        }

        @Override
        public String form(Map<String, String> fields, Map<String, UploadedFile> files) {
            throw new AssertionError("no form");
        }
    }
}
