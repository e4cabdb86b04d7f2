package dev.foretell.router.http.predict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictTargetTest {
    @Test
    void isAPathWithATypeAndAModel() {
        assertThat(PredictTarget.of("/v1/AI_model/fib/predict")).isEqualTo(new PredictTarget("AI", "fib"));
        assertThat(PredictTarget.of("/v1/a_model_model/b_model/predict"))
                .isEqualTo(new PredictTarget("a_model", "b_model"));
        assertThat(PredictTarget.of("/v1/x_model/predict/predict")).isEqualTo(new PredictTarget("x", "predict"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/predict",
                "/v1/predict",
                "/v1//predict",
                "/v1/AI_model/predict",
                "/v1/AI_model//predict",
                "/v1/_model/fib/predict",
                "/v1/AI/fib/predict",
                "/v1/AI_model/a/b/predict",
                "/v1/AI_model/fib/predict/",
                "/v2/AI_model/fib/predict"
            })
    void isNoOtherPath(String path) {
        assertThat(PredictTarget.of(path)).isNull();
    }
}
