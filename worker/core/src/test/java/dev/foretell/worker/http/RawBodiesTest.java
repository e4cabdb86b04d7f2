package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.Http;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.function.Batch;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body of bytes is the only argument of a function that takes bytes. */
class RawBodiesTest {
    private static final byte[] NO_JSON = {(byte) 0xFF, 0, '{', (byte) 0xC0};
    private static RunningWorker worker;

    static int bytes(byte[] bytes) {
        return bytes.length;
    }

    static int stream(InputStream stream) throws IOException {
        return stream.readAllBytes().length;
    }

    static int optional(Optional<byte[]> bytes) {
        return bytes.map(all -> all.length).orElse(-1);
    }

    static Stream<Integer> each(byte[] bytes) {
        return Stream.of(bytes.length, bytes.length);
    }

    @Batch(max = 4)
    static List<Integer> batch(List<byte[]> items) {
        return items.stream().map(item -> item.length).toList();
    }

    static int two(byte[] bytes, int times) {
        return bytes.length * times;
    }

    static int number(int n) {
        return n;
    }

    @BeforeAll
    static void start() {
        worker = Worker.of("bytes", RawBodiesTest::bytes)
                .and("stream", RawBodiesTest::stream)
                .and("optional", RawBodiesTest::optional)
                .and("each", RawBodiesTest::each)
                .and("batch", RawBodiesTest::batch)
                .and("two", RawBodiesTest::two)
                .and("number", RawBodiesTest::number)
                .start();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes    | application/octet-stream      | 4",
                "bytes    | APPLICATION/octet-stream; v=1 | 4",
                "bytes    | image/png                     | 4",
                "stream   | application/octet-stream      | 4",
                "stream   | audio/wav                     | 4",
                "optional | application/octet-stream      | 4",
                "batch    | application/octet-stream      | 4",
            })
    void areTheOnlyArgument(String function, String type, String expected) {
        HttpResponse<String> answer = post(function, type, NO_JSON);

        assertThat(answer.body()).isEqualTo(expected);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void areTheArgumentOfAFunctionThatStreams() {
        assertThat(post("each", "application/octet-stream", NO_JSON).body()).isEqualTo("4\n4\n");
    }

    @Test
    void mayBeEmpty() {
        assertThat(post("bytes", "application/octet-stream", new byte[0]).body())
                .isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            bytes    | application/json                  | {"bytes":"AAEC"} | 200 | 3
            bytes    | application/x-www-form-urlencoded | {"bytes":"AAEC"} | 200 | 3
            bytes    | application/json                  | {"bytes":5}      | 422 | argument 'bytes' must be of type byte[]
            stream   | application/json                  | {"stream":"x"}   | 422 | or as the body, with Content-Type: application/octet-stream
            optional | application/json                  | {}               | 200 | -1
            two      | application/octet-stream          | abc              | 400 |
            number   | application/octet-stream          | {"n":5}          | 200 | 5
            """)
    void areJsonWhereTheySayNothingElse(String function, String type, String body, int status, String words) {
        HttpResponse<String> answer = post(function, type, body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(words == null ? "" : words);
    }

    private static HttpResponse<String> post(String function, String type, byte[] body) {
        return Http.send(Http.request(worker.url() + "/" + function)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }
}
