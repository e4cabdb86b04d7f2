package dev.foretell.commons.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelKeyTest {
    private static final ModelKey IRIS = new ModelKey("AI", "iris");

    @Test
    void aVersionKnowsItsModel() {
        ModelKey second = IRIS.version(2);

        assertThat(second).hasToString("AI/iris:2").isEqualTo(ModelKey.parse("AI/iris:2"));
        assertThat(second.isVersion()).isTrue();
        assertThat(second.base()).isEqualTo(IRIS).isSameAs(second.base());
        assertThat(IRIS.isVersion()).isFalse();
        assertThat(IRIS.base()).isSameAs(IRIS);
    }

    @Test
    void equalsByTypeAndName() {
        assertThat(new ModelKey("AI", "iris")).isEqualTo(IRIS).hasSameHashCodeAs(IRIS);
        assertThat(new ModelKey("ML", "iris")).isNotEqualTo(IRIS);
        assertThat(new ModelKey("AI", "rose")).isNotEqualTo(IRIS);
        assertThat(IRIS.version(1)).isNotEqualTo(IRIS).isNotEqualTo(IRIS.version(2));
    }

    @Test
    void whatIsSaidOfAVersionGoesBeforeWhatIsSaidOfItsModel() {
        Map<ModelKey, String> notes = new TreeMap<>(Map.of(IRIS, "all", IRIS.version(2), "second"));

        assertThat(IRIS.version(2).lookUp(notes)).isEqualTo("second");
        assertThat(IRIS.version(1).lookUp(notes)).isEqualTo("all");
        assertThat(new ModelKey("AI", "rose").lookUp(notes)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AI",
                "AI/",
                "/iris",
                "A I/iris",
                "AI/i/ris",
                "AI/iris:",
                "AI/iris:0",
                "AI/iris:two",
                "AI/:1",
                "AI/iris:1:2",
                "AI/iris:1234567890"
            })
    void whatIsNoKeyIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ModelKey.parse(text));
    }
}
