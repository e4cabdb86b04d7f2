package dev.foretell.client.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.failure.FailureKind;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemKindTest {
    private static Problem read(int status, String body, Map<String, List<String>> headers) {
        return Problem.read(
                status, HttpHeaders.of(headers, (name, value) -> true), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everyCodeOfTheRouterHasItsKind() {
        Stream<String> codes = Arrays.stream(FailureKind.values())
                .map(dev.foretell.commons.failure.Problem::of)
                .map(dev.foretell.commons.failure.Problem::code)
                .distinct();

        assertThat(Arrays.stream(ProblemKind.values()).map(Enum::name).filter(name -> !name.equals("OTHER")))
                .containsExactlyInAnyOrderElementsOf(codes.toList());
    }

    @Test
    void aProblemOfTheRouterIsRead() {
        assertThat(read(429, """
                {"status":429,"detail":"too many calls","code":"SHED","requestId":"a1","retryable":true}""", Map.of("Retry-After", List.of("7"))))
                .isEqualTo(new Problem(429, "SHED", "too many calls", "a1", true, Duration.ofSeconds(7)))
                .extracting(Problem::kind)
                .isEqualTo(ProblemKind.SHED);
    }

    @Test
    void aResponseThatIsNotTheRoutersIsOther() {
        for (String body : List.of("", "<html>Bad Gateway</html>", "[1]", "null", "{\"code\":7")) {
            Problem problem = read(502, body, Map.of("Retry-After", List.of("Wed, 21 Oct 2026 07:28:00 GMT")));

            assertThat(problem.kind()).isEqualTo(ProblemKind.OTHER);
            assertThat(problem.detail()).isEqualTo("the response is not a router's: is there a proxy in between?");
            assertThat(problem.retryAfter()).isNull();
            assertThat(new ProblemException(problem, "mine")).hasMessageEndingWith("(HTTP 502)");
            assertThat(new ProblemException(problem, "mine").requestId()).isEqualTo("mine");
        }
    }

    @Test
    void aProblemOfTheOpenInferenceProtocolIsRead() {
        Problem problem = read(404, """
                {"error":"no model 'x'"}""", Map.of("X-Error-Code", List.of("MODEL_NOT_FOUND")));

        assertThat(problem.kind()).isEqualTo(ProblemKind.MODEL_NOT_FOUND);
        assertThat(problem.detail()).isEqualTo("no model 'x'");
    }
}
