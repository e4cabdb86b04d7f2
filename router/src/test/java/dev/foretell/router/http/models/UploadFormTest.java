package dev.foretell.router.http.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an upload whose taker throws. */
class UploadFormTest {
    private static final String PART = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close();
    }

    private static void bug() {
        throw new IllegalStateException("a bug");
    }

    private static void throwing(HttpServerRequest request) {
        UploadForm.<Void>read(request, bytes -> {}, (file, fields) -> {
                    bug();
                    return Future.succeededFuture();
                })
                .onComplete(done -> request.response()
                        .setStatusCode(done.failed() ? 500 : 200)
                        .end(String.valueOf(done.cause())));
    }

    private HttpResponse<String> send(String type, String body) throws IOException, InterruptedException {
        HttpServer server = vertx.createHttpServer().requestHandler(UploadFormTest::throwing);
        int port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                .timeout(Duration.ofSeconds(10))
                                .header("Content-Type", type)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 5_000_000})
    void aFormIsReadToItsEndAndAnswered(int length) throws Exception {
        HttpResponse<String> answer =
                send("multipart/form-data; boundary=b", PART + "x".repeat(length) + "\r\n--b--\r\n");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("a bug");
    }

    @Test
    void aBodyIsReadToItsEndAndAnswered() throws Exception {
        HttpResponse<String> answer = send("application/octet-stream", "x".repeat(5_000_000));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("a bug");
    }
}
