package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An id that is no model's goes to the only model of its type. */
class UnknownIdTest {
    private static final String WHERE =
            "; there is no model 'fibb', and the call went to 'fib', the only one of type AI";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    private static void serve(FakeWorker.Script script) {
        FakeWorker worker = router.worker(script);
        router.serve(worker);
        router.awaitState(worker, "READY");
    }

    private static Answer predict(String id) {
        return router.predictBody("{\"modelId\":\"" + id + "\",\"data\":{\"m\":2}}");
    }

    @ParameterizedTest
    @CsvSource({"400", "409", "422", "500"})
    void whatItsFunctionRefusesIsToldWithWhereItWent(int status) {
        serve(answers(status, "{\"error\":\"missing a required argument: 'n'\"}", "X-Foretell-Error-Of", "function"));

        Answer unknown = predict("fibb");

        assertThat(unknown.status()).isEqualTo(status);
        assertThat(unknown.detail()).isEqualTo("missing a required argument: 'n'" + WHERE);
        assertThat(unknown.json().path("model").asText()).isEqualTo("AI/fib");
        assertThat(unknown.json().path("tries").asInt()).isEqualTo(1);
        assertThat(predict("fib").detail()).isEqualTo("missing a required argument: 'n'");
    }

    @Test
    void theProtocolsErrorSaysSoToo() {
        serve(answers(422, "{\"error\":\"missing a required argument: 'n'\"}"));

        Answer path = router.post("/v1/AI_model/fibb/predict", "{\"m\":2}");

        assertThat(path.detail()).endsWith(WHERE);
    }

    @Test
    void aGoodAnswerIsAsItWas() {
        serve(answers("2"));

        Answer unknown = predict("fibb");
        Answer known = predict("fib");

        assertThat(unknown.body()).isEqualTo(known.body()).isEqualTo("2");
        assertThat(unknown.header("Content-Type")).isEqualTo(known.header("Content-Type"));
    }
}
