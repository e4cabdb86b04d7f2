package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.Functions;
import dev.foretell.worker.Http;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.WorkerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static RunningWorker worker;

    @BeforeAll
    static void start() {
        HttpConfig http = HttpConfig.defaults()
                .at("127.0.0.1", 0)
                .withToken("XYZ")
                .withAllowOrigins(List.of("https://page.example"));
        worker = Worker.of("predict", Functions::predict)
                .configured(WorkerConfig.defaults().with(http))
                .start();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Test
    void takesTheRightTokenOnly() {
        for (String right : List.of("Token XYZ", "token XYZ", "TOKEN  XYZ")) {
            assertThat(call(right).body()).isEqualTo("2");
        }
        for (String wrong : List.of("Token XY", "Token XYZZ", "Token xyz")) {
            assertThat(call(wrong).statusCode()).isEqualTo(403);
            assertThat(call(wrong).body()).isEqualTo("""
                    {"error":"Invalid auth token"}""");
        }
        for (String none : List.of("Token", "TokenXYZ", "XYZ", "Bearer XYZ", "")) {
            assertThat(call(none).statusCode()).isEqualTo(403);
            assertThat(call(none).body()).isEqualTo("""
                            {"error":"Missing auth token: send it as 'Authorization: Token …'"}""");
        }
        assertThat(Http.get(worker.url() + "/").statusCode()).isEqualTo(403);
    }

    @Test
    void answersPreflightsOfAllowedPages() {
        var allowed = preflight("https://page.example");
        var other = preflight("https://other.example");

        assertThat(allowed.statusCode()).isEqualTo(204);
        assertThat(allowed.headers().firstValue("access-control-allow-origin")).hasValue("https://page.example");
        assertThat(allowed.headers().firstValue("access-control-allow-headers").orElseThrow())
                .contains("Authorization");
        assertThat(other.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    @Test
    void letsAnAllowedPageReadAnswersAndErrors() {
        var answer = Http.send(Http.request(worker.url() + "/zzz")
                .header("Origin", "https://page.example")
                .POST(HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.headers().firstValue("access-control-allow-origin")).hasValue("https://page.example");
        assertThat(answer.headers().firstValue("vary")).hasValue("Origin");
    }

    /** Byte for byte: a browser's Host is no header that Java's client lets one set. */
    private static String status(int port, String path, String host, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
            String head =
                    "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\nContent-Length: 7\r\n"
                            + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n");
            socket.getOutputStream().write((head + "\r\n{\"n\":2}").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1).split(" ")[1];
        }
    }

    @Test
    void aPageWhoseNameWasMadeToMeanThisMachineIsRefused() throws IOException {
        HttpConfig http = HttpConfig.defaults().at("127.0.0.1", 0).withAllowOrigins(List.of("http://ours.example"));
        try (RunningWorker open = Worker.of("predict", Functions::predict)
                .configured(WorkerConfig.defaults().with(http))
                .start()) {
            int port = open.port();

            assertThat(status(port, "/predict", "evil.example:" + port, "Origin: http://evil.example:" + port))
                    .isEqualTo("403");
            assertThat(status(port, "/predict", "EVIL.example.", "Origin: http://evil.example"))
                    .isEqualTo("403");
            assertThat(status(port, "/predict", "ours.example", "Origin: http://ours.example"))
                    .isEqualTo("200");
            assertThat(status(port, "/predict", "localhost:" + port, "Origin: http://localhost:" + port))
                    .isEqualTo("200");
            assertThat(status(
                            port, "/predict", "127.0.0.1", "Origin: https://any.example", "Sec-Fetch-Site: cross-site"))
                    .isEqualTo("200");
            assertThat(status(port, "/predict", "worker.example")).isEqualTo("200");
        }
    }

    private static HttpResponse<String> call(String authorization) {
        return Http.send(Http.request(worker.url() + "/predict")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"n":2}""")));
    }

    private static HttpResponse<String> preflight(String origin) {
        return Http.send(Http.request(worker.url() + "/predict")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    }
}
