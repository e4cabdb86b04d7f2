package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.Functions;
import dev.foretell.worker.Http;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.WorkerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CompressedBodiesTest {
    private static final int LIMIT = 100_000;
    private static RunningWorker worker;

    @BeforeAll
    static void start() {
        HttpConfig http =
                HttpConfig.defaults().at("127.0.0.1", 0).with(new HttpConfig.Bodies(LIMIT, Duration.ofSeconds(20)));
        worker = Worker.of("text", Functions::text)
                .configured(WorkerConfig.defaults().with(http))
                .start();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    private static HttpResponse<String> send(String coding, byte[] body) {
        return Http.send(Http.request(worker.url() + "/text")
                .header("Content-Encoding", coding)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] gzip(int length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write("""
                    {"note":"%s"}""".formatted("x".repeat(length)).getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    void areReadAsWhatIsInThem() throws IOException {
        HttpResponse<String> answer = send("gzip", gzip(50_000));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("x".repeat(50_000));
    }

    @Test
    void areBoundedByWhatIsInThem() throws IOException {
        assertThat(send("gzip", gzip(100 * LIMIT)).statusCode()).isEqualTo(413);
    }

    @Test
    void thatAreNoneAreTheCallersMistake() {
        HttpResponse<String> answer = send("deflate", "plain text, and no more".getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("the body is not what its Content-Encoding says, deflate");
    }

    @Test
    void ofOtherKindsAreRefused() {
        HttpResponse<String> answer = send("br", new byte[] {1, 2, 3});

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.headers().firstValue("Accept-Encoding")).contains("gzip, deflate");
    }
}
