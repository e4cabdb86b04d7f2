package dev.foretell.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkerTest {
    static long predict(int n) {
        return n * 2L;
    }

    @Test
    void servesAMethodReferenceByItsNamedArgument() {
        try (RunningWorker worker = Worker.of("double", WorkerTest::predict).start()) {
            var answer = Http.post(worker.url() + "/double", "{\"n\": 21}");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(answer.body()).isEqualTo("42");
            assertThat(Http.get(worker.url()).body()).contains("\"path\":\"/double\"");
        }
    }
}
