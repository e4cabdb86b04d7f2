package dev.foretell.router.http.oip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferTargetTest {
    @Test
    void isAPathWithAModelAndMaybeAVersion() {
        assertThat(InferTarget.of("/v2/models/iris/infer")).isEqualTo(new InferTarget("iris", null));
        assertThat(InferTarget.of("/v2/models/iris/versions/2/infer")).isEqualTo(new InferTarget("iris", "2"));
        assertThat(InferTarget.of("/v2/models/versions/infer")).isEqualTo(new InferTarget("versions", null));
        assertThat(InferTarget.of("/v2/models/infer/versions/infer/infer"))
                .isEqualTo(new InferTarget("infer", "infer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/v2/models/infer",
                "/v2/models//infer",
                "/v2/models/iris",
                "/v2/models/iris/infer/",
                "/v2/models/iris/versions/infer",
                "/v2/models/iris/versions//infer",
                "/v2/models/iris/versions/1/2/infer",
                "/v2/models//versions/1/infer",
                "/v2/models/iris/x/1/infer",
                "/v2/models/AI%2Ffib/infer",
                "/v1/models/iris/infer"
            })
    void isNoOtherPath(String path) {
        assertThat(InferTarget.of(path)).isNull();
    }
}
