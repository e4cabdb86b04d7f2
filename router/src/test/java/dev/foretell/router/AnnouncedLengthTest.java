package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body that no route would take is refused by its announced length, before any of it has come. */
class AnnouncedLengthTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    private static final String ABSURD = "Content-Length: 99999999999\r\n";
    private static final String FORM = "Content-Type: multipart/form-data; boundary=x\r\n";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("training.allow-source", "true");

    private static String answer(String request, String headers) throws IOException {
        try (RawClient client = RawClient.to(router.port())) {
            client.patience(AT_ONCE);
            return client.say(request + " HTTP/1.1\r\nHost: localhost\r\n" + headers + ABSURD + "\r\n")
                    .readUntil("\r\n\r\n");
        }
    }

    /** Empty where there is none in time. */
    private static String answerAtOnce(String request, String headers) {
        try {
            return answer(request, headers);
        } catch (IOException late) {
            return "";
        }
    }

    @Test
    void everyRouteWithABodyAnswersAtOnce() {
        Map<String, String> answers = new TreeMap<>();
        router.served().keySet().stream()
                .filter(served -> served.matches("(POST|PUT|PATCH) .*"))
                .map(served -> served.replace("*", "1"))
                .forEach(request -> List.of("", FORM, "Expect: 100-continue\r\n")
                        .forEach(headers -> answers.put(request + " " + headers, answerAtOnce(request, headers))));

        assertThat(answers).hasSizeGreaterThan(60);
        assertThat(answers).allSatisfy((request, answer) -> assertThat(answer).matches("(?s)HTTP/1.1 [2-5].*"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/task-files",
        "POST, /v1/tasks",
        "POST, /v1/models/m/versions",
        "PUT, /v1/models/m/versions",
        "PUT, /api/v1/models/m.onnx",
        "POST, /api/v1/train/t/m.onnx",
        "POST, /v1/AI_model/predict",
        "POST, /v1/AI_model/fib/predict",
        "PUT, /v1/AI_model/fib/predict",
        "PUT, /v1/model_workers_map"
    })
    void whatWouldBeReadIsTooLarge(String method, String path) throws IOException {
        assertThat(answer(method + " " + path, ""))
                .startsWith("HTTP/1.1 413 ")
                .containsIgnoringCase("connection: close");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/task-files",
        "POST, /v1/models/m/versions",
        "PUT, /api/v1/models/m.onnx",
        "POST, /api/v1/train/t/m.onnx"
    })
    void soIsAFormThatHoldsIt(String method, String path) throws IOException {
        assertThat(answer(method + " " + path, FORM)).startsWith("HTTP/1.1 413 ");
    }
}
