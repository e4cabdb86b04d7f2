package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.Functions;
import dev.foretell.worker.Http;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.WorkerConfig;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
        assertThat(call("Token XYZ").body()).isEqualTo("2");
        for (String wrong : List.of("Token XY", "Token XYZZ", "XYZ", "Bearer XYZ", "")) {
            assertThat(call(wrong).statusCode()).isEqualTo(403);
            assertThat(call(wrong).body()).isEqualTo("{\"error\":\"Invalid auth token\"}");
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

    private static HttpResponse<String> call(String authorization) {
        return Http.send(Http.request(worker.url() + "/predict")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString("{\"n\":2}")));
    }

    private static HttpResponse<String> preflight(String origin) {
        return Http.send(Http.request(worker.url() + "/predict")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
    }
}
