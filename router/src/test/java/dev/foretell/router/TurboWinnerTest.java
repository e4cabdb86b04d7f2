package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The task server turbo-winner: rows T1 to T3. */
class TurboWinnerTest {
    private static final String COUNT = "/RunningTaskCount";

    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with();

    @Test
    void addsTasksAndCountsThoseThatRun() {
        Answer before = LIVE.get(COUNT);
        Answer first = LIVE.get("/AddTask");
        Answer second = LIVE.get("/AddTask");
        JsonNode one = LiveTasks.claim(LIVE, "a");
        JsonNode two = LiveTasks.claim(LIVE, "b");
        Answer running = LIVE.get(COUNT);
        Answer cancelled = LIVE.post(first.header("Location") + "/cancel", "");
        LiveTasks.finish(LIVE, "b", two, ",\"outcome\":\"SUCCEEDED\"");

        assertThat(before.body()).isEqualTo("We have 0 running tasks.");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("Success");
        assertThat(first.header("Content-Type")).startsWith("text/plain");
        assertThat(first.header("Location"))
                .isEqualTo("/v1/tasks/" + one.path("id").asText());
        assertThat(second.body()).isEqualTo("Success");
        assertThat(running.body()).isEqualTo("We have 2 running tasks.");
        assertThat(cancelled.json().path("state").asText()).isEqualTo("CANCELLED");
        assertThat(LIVE.get(COUNT).body()).isEqualTo("We have 0 running tasks.");
    }

    @Test
    void itsTaskIsARegressionOnFiftyRandomRowsOfTwoNumbers() {
        String task = LIVE.get("/AddTask?seed=7").header("Location");
        JsonNode order = LIVE.get(task).json();
        String table =
                LIVE.get("/v1/task-files/" + order.at("/data/digest").asText()).body();
        LIVE.post(task + "/cancel", "");

        assertThat(order.path("kind").asText()).isEqualTo("automl");
        assertThat(order.at("/parameters/seed").asInt()).isEqualTo(7);
        assertThat(order.at("/parameters/target").asText()).isEqualTo("y");
        assertThat(table.lines()).hasSize(51).first().isEqualTo("x0,x1,y");
        assertThat(table.lines().skip(1)).allMatch(row -> row.matches("[0-9.E-]+,[0-9.E-]+,[01]"));
    }

    @Test
    void toAskWithoutAnAnswerAddsNone() {
        long before = LIVE.get("/v1/tasks").json().path("tasks").size();
        Answer head = LIVE.send("HEAD", "/AddTask", BodyPublishers.noBody());

        assertThat(head.status()).isEqualTo(200);
        assertThat(LIVE.get("/v1/tasks").json().path("tasks").size()).isEqualTo((int) before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed=-1", "seed=x", "seed=", "seed=99999999999999999999", "sead=1"})
    void saysWhatIsWrong(String query) {
        Answer answer = LIVE.get("/AddTask?" + query);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).contains("seed");
    }
}
