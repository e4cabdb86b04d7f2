package dev.foretell.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.foretell.client.Functions.Applicant;
import dev.foretell.client.Functions.Score;
import dev.foretell.client.failure.CallInterruptedException;
import dev.foretell.client.failure.ProblemException;
import dev.foretell.client.failure.ProblemKind;
import dev.foretell.client.failure.UnreadableResponseException;
import dev.foretell.client.model.TensorMetadata;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of a real router, and through it of a real worker. */
class ForetellClientTest {
    private static final TypeReference<List<Score>> SCORES = new TypeReference<>() {};

    private static LiveRouter router;
    private static RunningWorker worker;
    private static RunningWorker fraud;
    private static ForetellClient client;

    @BeforeAll
    static void start() {
        router = LiveRouter.start();
        worker = router.serve(
                Worker.of("score", Functions::score)
                        .and("scores", Functions::scores)
                        .and("shares", Functions::shares)
                        .and("nothing", Functions::nothing)
                        .and("text", Functions::text)
                        .and("failing", Functions::failing)
                        .and("length", Functions::length)
                        .and("reversed", Functions::reversed)
                        .and("waiting", Functions::waiting),
                "AI");
        fraud = router.serve(Worker.of("guess", Functions::text), "fraud");
        client = ForetellClient.at(router.url());
    }

    @AfterAll
    static void stop() {
        worker.close();
        fraud.close();
        router.close();
    }

    @Test
    void recordsGoInAndComeOut() {
        Score score = client.predict("score", Map.of("applicant", new Applicant(40, 30_000)), Score.class);

        assertThat(score).isEqualTo(new Score(30, "A"));
    }

    @Test
    void genericTypesComeOut() {
        List<Applicant> applicants = List.of(new Applicant(40, 30_000), new Applicant(50, 1_000));

        assertThat(client.predict("scores", Map.of("applicants", applicants), SCORES))
                .containsExactly(new Score(30, "A"), new Score(1, "A"));
    }

    @Test
    void theModelStandsInTheUrlIfThatIsWished() {
        PredictCall call = PredictCall.byPath("score", new Applicant(40, 30_000));

        assertThat(client.predict(call, Score.class).value().value()).isEqualTo(30);
    }

    @Test
    void bytesGoInAndComeOut(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "stressed");
        byte[] megabytes = new byte[3 * 1024 * 1024];

        assertThat(client.predict(PredictCall.ofFile("reversed", file, "application/octet-stream"), byte[].class)
                        .value())
                .isEqualTo("desserts".getBytes(StandardCharsets.US_ASCII));
        assertThat(client.predict(PredictCall.ofBytes("length", megabytes, "application/octet-stream"), Integer.class)
                        .value())
                .isEqualTo(megabytes.length);
    }

    @Test
    void aCallNamesAModelOfAnotherType() {
        assertThat(client.predict("fraud/guess", Map.of("n", 2), String.class)).isEqualTo("xx");
    }

    @Test
    void aCallHasItsIdInTheLogsAndInItsFailure() {
        PredictCall call = PredictCall.of("score", Map.of("applicant", new Applicant(4, 1)))
                .requestId("of-this-test");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> client.predict(call, Score.class))
                .satisfies(failure -> {
                    assertThat(failure.requestId()).isEqualTo("of-this-test");
                    assertThat(failure.kind()).isEqualTo(ProblemKind.INVALID_INPUT);
                    assertThat(failure.status()).isEqualTo(422);
                    assertThat(failure.detail()).isEqualTo("an applicant is at least 18 years old");
                    assertThat(failure.isRetryable()).isFalse();
                    assertThat(failure.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().equals(ForetellClientTest.class.getName()));
                });
    }

    @Test
    void failuresHaveTheirKind() {
        assertThat(failure("lenght").kind()).isEqualTo(ProblemKind.MODEL_NOT_FOUND);
        assertThat(failure("lenght"))
                .hasMessageContaining("did you mean length?")
                .hasMessageContaining("HTTP 404");
        assertThat(failure("failing").kind()).isEqualTo(ProblemKind.FUNCTION_FAILED);
        assertThat(failure("failing").requestId()).hasSize(16);
    }

    private static ProblemException failure(String model) {
        try {
            client.predict(model, Map.of("n", 1), JsonNode.class);
        } catch (ProblemException e) {
            return e;
        }
        throw new AssertionError("the call of " + model + " succeeded");
    }

    @Test
    void resultsThatDoNotFitAreRefusedInWords() {
        assertThatExceptionOfType(UnreadableResponseException.class)
                .isThrownBy(() -> client.predict("text", Map.of("n", 3), Integer.class))
                .withMessageStartingWith("the response does not fit Integer: ");
        assertThatExceptionOfType(UnreadableResponseException.class)
                .isThrownBy(() -> client.predict("nothing", Map.of("n", 3), String.class))
                .withMessageContaining("the response is null");
        assertThatExceptionOfType(UnreadableResponseException.class)
                .isThrownBy(() -> client.predict(
                        PredictCall.ofBytes("reversed", new byte[3], "application/octet-stream"), Score.class))
                .withMessage("the response is application/octet-stream, not JSON: ask for byte[].class");
        assertThat(client.predict("nothing", Map.of("n", 3), JsonNode.class).isNull())
                .isTrue();
    }

    @Test
    void responsesAreBounded() {
        ForetellClient small = ForetellClient.builder()
                .router(router.url())
                .maxResponseBytes(1000)
                .build();

        assertThat(small.predict("text", Map.of("n", 900), String.class)).hasSize(900);
        assertThatExceptionOfType(UnreadableResponseException.class)
                .isThrownBy(() -> small.predict("text", Map.of("n", 100_000), String.class))
                .withMessage("the response has more than 1000 bytes: raise maxResponseBytes");
    }

    @Test
    void theDeadlineReachesTheRouterWhichSaysThatItPassed() {
        Functions.gate = new CountDownLatch(1);
        try {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> client.predict(
                            PredictCall.of("waiting", Map.of("n", 1)).within(Duration.ofMillis(200)), Integer.class))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ProblemKind.DEADLINE_EXCEEDED));
        } finally {
            Functions.gate.countDown();
        }
    }

    @Test
    void manyCallsAreInFlightAtOnce() {
        List<CompletableFuture<Prediction<Integer>>> calls = IntStream.range(0, 200)
                .mapToObj(n -> client.predictAsync(
                        PredictCall.ofBytes("length", new byte[n], "application/octet-stream"), Integer.class))
                .toList();

        assertThat(calls.stream().map(call -> call.join().value()).toList())
                .isEqualTo(IntStream.range(0, 200).boxed().toList());
    }

    @Test
    void aCancelledCallEndsAtTheWorker() {
        Functions.gate = new CountDownLatch(1);
        int before = Functions.interrupted.get();
        int begun = Functions.begun.get();
        try {
            CompletableFuture<?> call = client.predictAsync(PredictCall.of("waiting", Map.of("n", 1)), Integer.class);
            await().until(() -> Functions.begun.get() > begun);

            call.cancel(true);

            await().until(() -> Functions.interrupted.get() > before);
        } finally {
            Functions.gate.countDown();
        }
    }

    @Test
    void anInterruptedThreadCancelsItsCall() throws Exception {
        Functions.gate = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        int before = Functions.interrupted.get();
        int begun = Functions.begun.get();
        Thread caller = new Thread(() -> {
            try {
                client.predict("waiting", Map.of("n", 1), Integer.class);
            } catch (RuntimeException e) {
                failure.set(Thread.currentThread().isInterrupted() ? e : null);
            }
        });
        try {
            caller.start();
            await().until(() -> Functions.begun.get() > begun);

            caller.interrupt();
            caller.join(TimeUnit.SECONDS.toMillis(30));

            assertThat(failure.get()).isInstanceOf(CallInterruptedException.class);
            await().until(() -> Functions.interrupted.get() > before);
        } finally {
            Functions.gate.countDown();
        }
    }

    @Test
    void theCatalogTellsWhatCanBeCalled() {
        assertThat(client.catalog().models())
                .anySatisfy(model -> {
                    assertThat(model.name()).isEqualTo("score");
                    assertThat(model.isReady()).isTrue();
                })
                .anySatisfy(model -> assertThat(model.name()).endsWith("guess"));
        assertThat(client.catalog().metadata("fraud/guess").inputs())
                .containsExactly(new TensorMetadata("n", "INT32", List.of(-1L)));
        assertThat(client.catalog().metadata("text").platform()).isEqualTo("java_function");
        assertThat(client.catalog().registered()).isEmpty();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> client.catalog().metadata("txet"))
                .satisfies(failure -> {
                    assertThat(failure.kind()).isEqualTo(ProblemKind.MODEL_NOT_FOUND);
                    assertThat(failure.detail()).contains("did you mean text?");
                });
    }

    @Test
    void aMapperOfTheCallersOwnWritesAndReads() {
        ForetellClient own = ForetellClient.builder()
                .router(router.url())
                .mapper(new ObjectMapper())
                .build();

        assertThat(own.predict(
                        "shares",
                        Map.of("amounts", Map.of("a", 1, "b", 3)),
                        new TypeReference<Map<String, Double>>() {}))
                .isEqualTo(Map.of("a", 0.25, "b", 0.75));
        assertThat(own.catalog().models()).isNotEmpty();
    }

    @Test
    void mistakesOfTheProgramAreToldAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PredictCall.of("no such name", Map.of()))
                .withMessageStartingWith("'no such name' names no model");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.predict("text", new Object(), String.class))
                .withMessageStartingWith("the arguments cannot be written as JSON");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> client.predict(
                        PredictCall.ofFile("length", Path.of("no-such-file"), "image/png"), Integer.class))
                .withMessageStartingWith("no file to read: no-such-file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PredictCall.of("text", Map.of()).within(Duration.ofMinutes(6)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PredictCall.of("text", Map.of()).requestId("a b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForetellClient.builder().build())
                .withMessage("a client needs the URL of a router, such as http://localhost:8000");
        for (String url : List.of("localhost:8000", "http://a_b:8000", "http://user@h", "ftp://h", "http://h?x", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ForetellClient.at(url))
                    .withMessageStartingWith("a router's URL is like http://localhost:8000, not '" + url + "'");
        }
    }
}
