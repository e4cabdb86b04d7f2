package dev.foretell.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foretell.tracing.Collector;
import dev.foretell.tracing.Collector.Received;
import dev.foretell.tracing.TracingConfig;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/** A worker's own spans are parts of its caller's. */
class SpansTest {
    private static final String SPAN = "b7ad6b7169203331";

    static String failing(String word) {
        throw new IllegalStateException(word);
    }

    private static RunningWorker start(Collector collector, double sample) {
        WorkerConfig defaults = WorkerConfig.defaults();
        return Worker.of("predict", Functions::predict)
                .and("failing", SpansTest::failing)
                .configured(defaults.with(defaults.http().at("127.0.0.1", 0))
                        .with(new TracingConfig(collector.url(), sample, 100)))
                .start();
    }

    private static String id(int number) {
        return "%032x".formatted(0xfeedL + number);
    }

    private static int call(RunningWorker worker, String path, String body, String trace) {
        return Http.send(Http.request(worker.url() + path)
                        .header("traceparent", trace)
                        .header("X-Request-Id", "mine")
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    private static String sampled(int number) {
        return "00-" + id(number) + "-" + SPAN + "-01";
    }

    @Test
    void aCallIsAPartOfItsCallersSpan() {
        try (Collector collector = Collector.start();
                RunningWorker worker = start(collector, 0)) {
            assertThat(call(worker, "/predict", """
                    {"n":2}""", sampled(1))).isEqualTo(200);
            assertThat(call(worker, "/failing", """
                    {"word":"secret"}""", sampled(2))).isEqualTo(500);
            assertThat(call(worker, "/none-of-ours", "{}", sampled(3))).isEqualTo(404);

            Received call = collector.trace(id(1), 1).get(0);
            assertThat(call.service()).isEqualTo("foretell-worker");
            assertThat(call.name()).isEqualTo("call");
            assertThat(call.parent()).isEqualTo(SPAN);
            assertThat(call.attributes())
                    .containsEntry("foretell.function", "predict")
                    .containsEntry("foretell.request_id", "mine")
                    .containsEntry("http.response.status_code", "200")
                    .doesNotContainKey("error.type");
            assertThat(collector.trace(id(2), 1).get(0).attributes()).containsEntry("error.type", "500");
            assertThat(collector.trace(id(3), 1).get(0).attributes()).doesNotContainKey("foretell.function");
            assertThat(collector.spans())
                    .allSatisfy(span -> assertThat(span.toString()).doesNotContain("secret"));
        }
    }

    @Test
    void onlyCallsThatAreChosenAreRecorded() {
        try (Collector collector = Collector.start();
                RunningWorker worker = start(collector, 1)) {
            call(worker, "/predict", """
                    {"n":2}""", "00-" + id(4) + "-" + SPAN + "-00");
            Http.get(worker.url() + "/");
            call(worker, "/predict", """
                    {"n":2}""", "invalid");

            await().until(() -> !collector.spans().isEmpty());
            worker.close();
            assertThat(collector.spans()).singleElement().satisfies(span -> {
                assertThat(span.parent()).isEmpty();
                assertThat(span.traceId()).isNotEqualTo(id(4));
            });
        }
    }
}
