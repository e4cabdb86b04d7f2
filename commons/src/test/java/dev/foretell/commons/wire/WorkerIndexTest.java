package dev.foretell.commons.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.foretell.commons.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerIndexTest {
    private static final String FIREFLY = """
            {"app":"firefly","version":"0.1.15","functions":{"predict":{\
            "path":"/predict","doc":"nth Fibonacci number","parameters":[{"name":"n",\
            "kind":"POSITIONAL_OR_KEYWORD","default":3}]}},"beyond":1}""";

    private static WorkerIndex parse(String json) throws JsonProcessingException {
        return Json.MAPPER.readValue(json, WorkerIndex.class);
    }

    private static WorkerIndex of(String... functions) throws JsonProcessingException {
        StringBuilder json = new StringBuilder("{\"functions\":{");
        for (String function : functions) {
            json.append(json.charAt(json.length() - 1) == '{' ? "" : ",").append("""
                    "%s":{"path":"/at/%s"}""".formatted(function, function));
        }
        return parse(json + "}}");
    }

    @Test
    void readsWhatFireflySaysAndIgnoresTheRest() throws JsonProcessingException {
        WorkerIndex index = parse(FIREFLY);

        assertThat(index.app()).isEqualTo("firefly");
        assertThat(index.pathFor("fib", null)).contains("/predict");
        assertThat(Json.writeText(index)).isEqualTo(FIREFLY.replace(",\"beyond\":1", ""));
    }

    @Test
    void theFunctionNamedLikeTheModelComesFirst() throws JsonProcessingException {
        assertThat(of("a", "fib", "b").pathFor("fib", "a")).contains("/at/fib");
    }

    @Test
    void theOnlyFunctionComesSecond() throws JsonProcessingException {
        assertThat(of("a").pathFor("fib", "b")).contains("/at/a");
    }

    @Test
    void theRegisteredFunctionComesThird() throws JsonProcessingException {
        assertThat(of("a", "b").pathFor("fib", "b")).contains("/at/b");
    }

    @Test
    void otherwiseThereIsNone() throws JsonProcessingException {
        assertThat(of("a", "b").pathFor("fib", "c")).isEmpty();
        assertThat(of("a", "b").pathFor("fib", null)).isEmpty();
        assertThat(of().pathFor("fib", "fib")).isEmpty();
        assertThat(parse("{}").pathFor("fib", null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict", "", "/a b", "/a\\r\\nX: y", "http://h/x", "/é"})
    void aFunctionAtAPathThatCannotBeCalledIsLeftOut(String path) throws JsonProcessingException {
        assertThat(parse("""
                {"functions":{"fib":{"path":"%s"}}}""".formatted(path)).pathFor("fib", null)).isEmpty();
    }

    @Test
    void saysWhichFunctionsTakeManyCallsAtOnce() throws JsonProcessingException {
        String json = """
                {"functions":{"many":{"path":"/many","batch":{"max":8}},"one":{"path":"/one"},\
                "other":{"path":"/other","batch":true}}}""";
        WorkerIndex index = parse(json);

        assertThat(index.functionFor("many", null))
                .hasValueSatisfying(f -> assertThat(f.batchMax()).isEqualTo(8));
        assertThat(index.functionFor("one", null))
                .hasValueSatisfying(f -> assertThat(f.batchMax()).isEqualTo(1));
        assertThat(index.functionFor("other", null))
                .hasValueSatisfying(f -> assertThat(f.batchMax()).isEqualTo(1));
        assertThat(Json.writeText(parse(Json.writeText(index)))).isEqualTo(Json.writeText(index));
    }
}
