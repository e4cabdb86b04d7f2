package dev.foretell.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.foretell.commons.wire.TraceParent;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracingTest {
    private static final String CALLERS = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static Tracing to(String url, double sample, int queue) {
        return Tracing.open(new TracingConfig(url, sample, queue), "test");
    }

    private static Span begin(Tracing tracing) {
        return Objects.requireNonNull(tracing.begin("call", null));
    }

    private static SpanCounts counts(Tracing tracing) {
        return Objects.requireNonNull(tracing.counts());
    }

    @Test
    void spansReachTheCollectorWithTheirParentsAttributesAndLinks() {
        try (Collector collector = Collector.start();
                Tracing tracing = to(collector.url(), 0, 100)) {
            Span call = Objects.requireNonNull(tracing.begin("call", TraceParent.parse(CALLERS)));
            Span part = call.child("part", Span.Kind.CLIENT).set("count", 3).set("hedge", true);
            part.link(call).fail("unreachable").end();
            call.set("model", "AI/fib").end();

            List<Collector.Received> spans = collector.trace("0af7651916cd43dd8448eb211c80319c", 2);

            assertThat(spans).extracting(Collector.Received::service).containsOnly("test");
            assertThat(spans).extracting(Collector.Received::name).containsExactly("part", "call");
            assertThat(spans.get(1).parent()).isEqualTo("b7ad6b7169203331");
            assertThat(spans.get(1).attributes()).containsEntry("model", "AI/fib");
            assertThat(spans.get(0).parent()).isEqualTo(spans.get(1).id());
            assertThat(spans.get(0).links()).containsExactly(spans.get(1).id());
            assertThat(spans.get(0).attributes())
                    .containsEntry("count", "3")
                    .containsEntry("hedge", "true")
                    .containsEntry("error.type", "unreachable");
            await().until(() -> counts(tracing).exported() == 2);
        }
    }

    @Test
    void theCallersSpanDecidesElseTheShare() {
        TraceParent unsampled = new TraceParent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", false);
        try (Collector collector = Collector.start();
                Tracing tracing = to(collector.url(), 1, 100)) {
            assertThat(tracing.begin("call", unsampled)).isNull();
            assertThat(tracing.begin("call", null)).isNotNull();

            tracing.adopt(0);

            assertThat(tracing.begin("call", null)).isNull();
            assertThat(tracing.begin("call", TraceParent.parse(CALLERS))).isNotNull();
        }
    }

    @Test
    void offRecordsNothing() {
        try (Tracing tracing = Tracing.open(TracingConfig.defaults(), "test")) {
            assertThat(tracing.isOn()).isFalse();
            assertThat(tracing.begin("call", TraceParent.parse(CALLERS))).isNull();
            assertThat(tracing.counts()).isNull();
        }
    }

    @Test
    void spansForACollectorThatReadsNothingAreDroppedWithoutAWait() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Tracing tracing = to("http://127.0.0.1:" + silent.getLocalPort(), 1, 10)) {
            long start = System.nanoTime();
            for (int i = 0; i < 100_000; i++) {
                begin(tracing).end();
            }

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            assertThat(counts(tracing).dropped()).isBetween(90_000L, 100_000L);
            assertThat(counts(tracing).exported()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nx", // and then nothing
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"
            })
    void theHeadOfAResponseIsEnough(String head) {
        try (RawCollector collector = RawCollector.answering(head, false);
                Tracing tracing = to(collector.url(), 1, 10)) {
            begin(tracing).end();
            await().until(() -> counts(tracing).exported() == 1);
            begin(tracing).end();
            await().until(() -> counts(tracing).exported() == 2);

            await().until(() -> collector.open() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\0\22\4 garbage",
                "",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n",
                "HTTP/1.1 307 Away\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 429 Later\r\nRetry-After: 31536000\r\nContent-Length: 0\r\n\r\n"
            })
    void whatIsNoSuccessFailsOnceAndLeavesNoConnection(String response) {
        try (RawCollector collector = RawCollector.answering(response, true);
                Tracing tracing = to(collector.url(), 1, 10)) {
            begin(tracing).end();
            await().until(() -> counts(tracing).failed() == 1);
            begin(tracing).end();
            await().until(() -> counts(tracing).failed() == 2);

            assertThat(collector.requests()).isEqualTo(2);
            await().until(() -> collector.open() == 0);
        }
    }

    @Test
    void aRequestEndsInTimeHoweverSlowlyItsResponseComes() throws InterruptedException {
        try (RawCollector collector = RawCollector.answering("HTTP/1.1 200 OK", false)) {
            CollectorSender sender =
                    new CollectorSender(URI.create(collector.url()), "application/x-protobuf", Duration.ofMillis(200));
            BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();

            sender.send(new Nothing(), response -> {}, failures::add);

            assertThat(failures.poll(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
            await().until(() -> collector.open() == 0);
        }
    }

    /** An empty message. */
    private record Nothing() implements MessageWriter {
        @Override
        public void writeMessage(OutputStream out) {}

        @Override
        public int getContentLength() {
            return 0;
        }
    }

    @Test
    void spansForACollectorThatIsAwayAreCountedAndLaterOnesArrive() {
        try (Collector collector = Collector.start();
                Tracing tracing = to(collector.url(), 1, 10)) {
            collector.answer(503);
            begin(tracing).end();
            await().until(() -> counts(tracing).failed() == 1);

            collector.answer(200);
            begin(tracing).end();

            await().until(() -> counts(tracing).exported() == 1);
            assertThat(collector.spans()).hasSize(1);
        }
    }

    @Test
    void closingSendsWhatWaits() {
        try (Collector collector = Collector.start()) {
            try (Tracing tracing = to(collector.url(), 1, 10)) {
                begin(tracing).end();
            }

            assertThat(collector.spans()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:4318", "ftp://x", "http://", "http://a b", "http://u:p@x", "http://x?key=1"})
    void anEndpointIsTheUrlOfACollector(String endpoint) {
        assertThatThrownBy(() -> new TracingConfig(endpoint, 0.01, 1))
                .hasMessage(
                        "endpoint must be the URL of a collector for OTLP over HTTP, such as http://localhost:4318");
    }

    @Test
    void aUrlWithoutAPathGetsTheStandardOne() {
        assertThat(new TracingConfig("http://x:4318", 1, 1).url()).isEqualTo("http://x:4318/v1/traces");
        assertThat(new TracingConfig("https://x/", 1, 1).url()).isEqualTo("https://x/v1/traces");
        assertThat(new TracingConfig("http://x/otlp/v1/traces", 1, 1).url()).isEqualTo("http://x/otlp/v1/traces");
        assertThatThrownBy(() -> new TracingConfig(null, 1.1, 1)).hasMessage("sample must be from 0 to 1");
        assertThatThrownBy(() -> new TracingConfig(null, 1, 0)).hasMessage("queue must be from 1 to 1000000");
    }
}
