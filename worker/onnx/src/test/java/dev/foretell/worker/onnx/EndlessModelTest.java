package dev.foretell.worker.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.worker.onnx.shelf.RouterBlobs;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host whose model does not end by itself, over HTTP. */
class EndlessModelTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String FOR_EVER = """
            {"N":[9000000000000000000]}""";
    /** More than the host has threads. */
    private static final int MANY = 2 * Runtime.getRuntime().availableProcessors() + 2;

    private BlobServer pool;
    private ModelHost host;
    private String endless;
    private String other;

    @BeforeEach
    void start() {
        pool = new BlobServer();
        host = ModelHost.start(HostConfig.defaults(), new RouterBlobs(pool.url(), "", Duration.ofMinutes(10)))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        endless = Hosting.predictFunction(pool.add(LoopModels.counting().toByteArray()));
        other = Hosting.predictFunction(
                pool.add(TinyModels.identity(DataType.FLOAT, -1, 2).toByteArray()));
    }

    @AfterEach
    void stop() {
        host.close();
        pool.close();
    }

    @Test
    void givesItsThreadsBackAtTheDeadlinesOfItsCalls() {
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            calls.add(call(endless, FOR_EVER, Headers.TIMEOUT_MS, "500"));
        }

        assertThat(calls.stream().map(call -> call.join().statusCode())).containsOnly(504);
        assertThat(call(endless, """
                {"N":[3]}""").join().body()).isEqualTo("""
                        {"Y":[3.0]}""");
        assertThat(call(other, """
                {"x":[[1,2]]}""").join().statusCode()).isEqualTo(200);
    }

    @Test
    void givesItsThreadsBackWhenItsCallersHangUp() throws Exception {
        call(endless, """
                {"N":[1]}""").join();
        for (int i = 0; i < MANY; i++) {
            hangUp();
        }

        assertThat(call(other, """
                {"x":[[1,2]]}""").join().statusCode()).isEqualTo(200);
    }

    /** The runs of a batch are one call, which is over when the last caller's deadline is. */
    @Test
    void givesItsThreadBackWhenItRunsInABatch() {
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            calls.add(call(endless, """
                    [{"N":[1]},%s,%s]""".formatted(FOR_EVER, FOR_EVER), Headers.BATCH, "3", Headers.TIMEOUT_MS, "500"));
        }

        assertThat(calls.stream().map(call -> call.join().statusCode())).containsOnly(504);
        assertThat(call(other, """
                {"x":[[1,2]]}""").join().statusCode()).isEqualTo(200);
    }

    /** One operation of some seconds: the runtime does not look within. */
    @Test
    void leavesThreadsToOthersWhereItsRunsCannotBeEnded() {
        String deaf = Hosting.predictFunction(pool.add(LoopModels.pooling().toByteArray()));
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            calls.add(call(deaf, """
                    {"N":[1000000]}""", Headers.TIMEOUT_MS, "500"));
        }

        assertThat(calls.stream().map(call -> call.join().statusCode())).containsOnly(504);
        assertThat(call(other, """
                {"x":[[1,2]]}""").join().statusCode()).isEqualTo(200);
    }

    private CompletableFuture<HttpResponse<String>> call(String function, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(host.url() + "/" + function))
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return CLIENT.sendAsync(
                (headers.length > 0 ? request.headers(headers) : request).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void hangUp() throws IOException {
        URI url = URI.create(host.url());
        try (Socket caller = new Socket(url.getHost(), url.getPort())) {
            String head = "POST /" + endless + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + FOR_EVER.length();
            caller.getOutputStream().write((head + "\r\n\r\n" + FOR_EVER).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
