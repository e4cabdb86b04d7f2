package dev.foretell.commons.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{} x", "{\"a\":1,\"a\":2}", "NaN", "'a'", "[1,]", "01", "\"\u0001\""})
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> Json.readTree(bytes(text)))
                .isInstanceOfSatisfying(
                        ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.MALFORMED));
    }

    @Test
    void readsNestingUpToItsBound() {
        assertThat(Json.readTree(bytes("[".repeat(500) + "]".repeat(500))).isArray())
                .isTrue();
        assertThatThrownBy(() -> Json.readTree(bytes("[".repeat(501) + "]".repeat(501))))
                .hasMessageContaining("nesting depth")
                .hasMessageNotContaining("StreamReadConstraints");
    }

    @Test
    void saysWhereItIsWrong() {
        assertThatThrownBy(() -> Json.readTree(bytes("""
                {
                \s"a": ]}"""))).hasMessageContaining("(line 2, column");
    }

    @Test
    void writesAsPythonDoesWhereUsersKnowItSo() {
        Map<String, Object> value = new TreeMap<>(Map.of("a", 1, "b", List.of(1, 2), "c", Map.of()));

        assertThat(new String(Json.writeSpaced(value), StandardCharsets.UTF_8)).isEqualTo("""
                {"a": 1, "b": [1, 2], "c": {}}""");
        assertThat(Json.writeText(value)).isEqualTo("""
                {"a":1,"b":[1,2],"c":{}}""");
    }
}
