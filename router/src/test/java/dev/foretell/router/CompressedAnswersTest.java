package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long answers of the router's own are compressed for those who ask for it; predictions are passed on as they are. */
class CompressedAnswersTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(router.uri(path))
                .header("Accept-Encoding", "gzip, deflate")
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String inflated(byte[] body) throws IOException {
        return new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/v1/model_workers_map"})
    void longOnesAreForThoseWhoAsk(String path) throws Exception {
        FakeWorker worker = router.worker(Scripts.answers("2"));
        router.replace(IntStream.range(0, 2000)
                .mapToObj(i -> "\"f" + i + "\":[" + worker.entry() + "]")
                .collect(Collectors.joining(",", "{\"AI\":{", "}}")));
        String plain = router.get(path).body();

        HttpResponse<byte[]> answer = get(path);

        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(answer.headers().firstValue("Vary").orElse("")).isEqualToIgnoringCase("Accept-Encoding");
        assertThat(answer.body().length).isLessThan(plain.length() / 3);
        assertThat(inflated(answer.body())).isEqualTo(plain);
        assertThat(router.get(path).header("Content-Encoding")).isEmpty();
    }

    @Test
    void shortOnesAndPredictionsAreNot() throws Exception {
        FakeWorker worker = router.worker(Scripts.answers("[" + "2,".repeat(10_000) + "2]"));
        router.serve(worker);
        router.awaitState(worker, "READY");

        assertThat(get("/v1/models").headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(router.predict("Accept-Encoding", "gzip").header("Content-Encoding"))
                .isEmpty();
    }
}
