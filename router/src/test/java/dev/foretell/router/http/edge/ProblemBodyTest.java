package dev.foretell.router.http.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.router.http.edge.ProblemBody.RequestName;
import dev.foretell.router.predict.call.PredictFailure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProblemBodyTest {
    private static String body(ServingException failure, @Nullable String path, @Nullable Object route) {
        Problem problem = Problem.of(failure.kind());
        return Json.writeText(ProblemBody.of(problem, problem.status(), failure, new RequestName(path, "r1"), route));
    }

    @Test
    void aPredictCallsProblemNamesItsModelAndHowOftenItWasTried() {
        ServingException why = new ServingException(FailureKind.NO_WORKER, "no worker can take calls");

        assertThat(body(new PredictFailure(why, "AI/fib", 2), "/v1/AI_model/predict", Map.of("revision", 5)))
                .isEqualTo("""
                        {"type":"urn:foretell:problem:no-worker","title":"No worker can take the call","status":503,\
                        "detail":"no worker can take calls","instance":"/v1/AI_model/predict","code":"NO_WORKER",\
                        "requestId":"r1","model":"AI/fib","tries":2,"retryable":true,"route":{"revision":5}}""");
    }

    @Test
    void anyOtherHasNoModel() {
        assertThat(body(new ServingException(FailureKind.NOT_FOUND, "no such thing"), null, null))
                .isEqualTo("""
                        {"type":"urn:foretell:problem:not-found","title":"Not found","status":404,\
                        "detail":"no such thing","instance":"","code":"NOT_FOUND","requestId":"r1","retryable":false}""");
    }

    @Test
    void readinessLeavesOutWhatIsWell() {
        assertThat(Json.writeText(readiness("", "", List.of()))).isEqualTo("""
                {"ready":true,"state":"restored","workers":"probed","store":"up","draining":false,"revision":7}""");
        assertThat(Json.writeText(readiness("it is full", "it is gone", List.of("a", "b"))))
                .isEqualTo("""
                        {"ready":true,"state":"restored","workers":"probed","store":"up","store_reason":"it is full",\
                        "draining":false,"revision":7,"models_folder":"it is gone","unreadable":2,\
                        "unreadable_entries":["a","b"]}""");
    }

    private static ReadinessView readiness(String reason, String folder, List<String> unreadable) {
        return new ReadinessView(
                true,
                "restored",
                "probed",
                new ReadinessView.StoreState("up", reason),
                false,
                ReadinessView.State.of(7, folder, unreadable));
    }
}
