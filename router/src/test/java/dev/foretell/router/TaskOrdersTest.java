package dev.foretell.router;

import static dev.foretell.router.LiveTasks.ORDER;
import static dev.foretell.router.LiveTasks.queue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which training tasks a router takes into its queue, and what it says of the others. */
class TaskOrdersTest {
    private static final String PATH = "/v1/tasks/";

    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with("tasks.max-queued", "5");

    @BeforeEach
    void endWhatIsLeft() {
        LiveTasks.cancelAll(LIVE);
    }

    @Test
    void theSameRequestWithTheSameKeyQueuesOneTask() {
        Answer first = LIVE.post("/v1/tasks", ORDER, "Idempotency-Key", "k1");
        Answer second = LIVE.post("/v1/tasks", ORDER, "Idempotency-Key", "k1");
        Answer other = LIVE.post("/v1/tasks", ORDER.replace("\"y\"", "\"x\""), "Idempotency-Key", "k1");

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(second.header("Location"))
                .isEqualTo(PATH + first.json().path("id").asText());
        assertThat(other.status()).isEqualTo(409);
    }

    @Test
    void aFullQueueIs429() {
        for (int i = 0; i < 5; i++) {
            queue(LIVE);
        }
        Answer answer = LIVE.post("/v1/tasks", ORDER);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("QUEUE_FULL");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void whatMakesNoSenseIsRefusedInASentence() {
        refused("{}", "parameters must be an object with target and algorithm");
        refused(ORDER.replace("\"name\"", "\"nmae\""), "the body has no field 'nmae'");
        refused(ORDER.replace("decision-tree", ""), "parameters.algorithm is missing");
        refused(ORDER.replace("decision-tree", "decison-tree"), "did you mean decision-tree?");
        refused(ORDER.replace("\"target\"", "\"parameters\":{\"max-depth\":99},\"target\""), "from 1 to 30");
        refused(ORDER.replace("\"target\":\"y\"", "\"target\":\"z\""), "the target 'z' is not a column of the table");
        refused(ORDER.replaceAll("\"data\":.*", "\"data\":{\"csv\":\"\"}}"), "data.csv is missing");
        refused(
                ORDER.replaceAll("\"data\":.*", "\"data\":{\"digest\":\"" + LiveTasks.file(LIVE, "") + "\"}}"),
                "the table is empty");
        refused(ORDER.replaceAll("\"data\":.*", "\"data\":{}}"), "data must have one of digest");
        refused(ORDER.replaceAll("\"data\":.*", """
                        "data":{"columns":["a"],"rows":[[1],[1,2]]}}"""), "row 2 of data.rows must be an array of 1 values");
        refused(ORDER.replaceAll("}$", ",\"limits\":{\"time_ms\":1}}"), "limits.time_ms must be a whole number");
        refused(ORDER.replaceAll("}$", """
                ,"serve":{"model":"../x"}}"""), "the model's name");
        refused(ORDER.replaceAll("}$", """
                ,"serve":{"model":"x","as":"y"}}"""), "serve.as must be staged, canary or promote");
        refused(ORDER.replaceAll("}$", """
                ,"serve":{"model":"x","weight":5}}"""), "serve.weight is for a canary alone");
        refused(ORDER.replaceAll("}$", """
                ,"serve":{"model":"x","as":"canary","weight":100}}"""), "serve.weight must be a whole number from 1 to 99");
        refused(ORDER.replaceAll("}$", """
                ,"serve":{"model":"x","if-better-on":"acuracy"}}"""), "did you mean accuracy");
        assertThat(LIVE.post("/v1/tasks", ORDER.replaceAll("\"data\":.*", """
                "data":{"file":"/etc/passwd"}}""")).status())
                .isEqualTo(403);
        assertThat(LIVE.post("/v1/tasks", ORDER.replaceAll("\"data\":.*", """
                "data":{"digest":"ab"}}""")).status())
                .isEqualTo(404);
        assertThat(queued()).isZero();
        assertThat(LIVE.get("/v1/tasks?state=x").status()).isEqualTo(422);
        assertThat(LIVE.send("GET", "/v1/tasks?limit=0", BodyPublishers.noBody())
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "populationSize":-3              | populationSize must be a whole number from 2 to 1000
            "seed":9223372036854775808       | seed must be a whole number from 0 up
            "seed":18446744073709551617      | seed must be a whole number from 0 up
            "seed":1e3                       | seed must be a whole number from 0 up
            "generations":4294967297         | generations must be a whole number from 1 to 1000
            "folds":18446744073709551621     | folds must be a whole number from 2 to 10
            "keep":4294967297                | keep must be a whole number from 1 to 10
            "timeLimit":1e400                | timeLimit must be a number of seconds
            "generations":0                  | generations must be a whole number from 1 to 1000
            "scoring":"acuracy"              | did you mean accuracy?
            "timeLimit":0.5                  | at least 2
            "timeLimit":601                  | raise limits.time_ms
            "ignore":["z"]                   | column to ignore
            """)
    void aSearchThatNoTrainerCouldRunIsRefused(String parameter, String sentence) {
        Answer answer = LIVE.post("/v1/tasks", """
                {"kind":"automl","parameters":{"target":"y",%s},"limits":{"time_ms":600000},"data":{"csv":"x,y\\n1,a\\n"}}""".formatted(parameter));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.detail()).contains(sentence);
    }

    @Test
    void sparkIsRefusedAtOnceWhereThereIsNone() {
        String order = """
                {"parameters":{"target":"y","algorithm":"decision-tree","engine":"spark","master":"spark://a:7077"},
                 "limits":{"memory_mb":%s},"data":{"csv":"x,y\\n1,2\\n"}}""";

        refused(order.formatted(512), "there is no Spark here: mvn -Pspark -DskipTests package makes");
    }

    @Test
    void sourceCodeIsRefusedUnlessItIsAllowed() {
        String order = """
                {"kind":"code","parameters":{%s},"data":{"csv":"x,y\\n1,a\\n"}}""";
        String source = "\"source\":\"public class Mine {}\"";
        Answer refused = LIVE.post("/v1/tasks", order.formatted(source));
        LIVE.file("""
                training:
                  allow-source: true
                """);
        LIVE.post("/v1/config/reload", "");
        Answer allowed = LIVE.post("/v1/tasks", order.formatted(source));
        LIVE.file("");
        LIVE.post(PATH + allowed.json().path("id").asText() + "/cancel", "");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).contains("the setting training.allow-source is off");
        assertThat(allowed.status()).as(allowed.toString()).isEqualTo(202);
        assertThat(allowed.json().path("kind").asText()).isEqualTo("code");
        refused(order.formatted(""), "either class");
        refused(order.formatted("\"class\":\"a b\""), "the full name of a Java class");
        refused(order.formatted("\"sauce\":\"x\""), "did you mean source?");
        refused(
                order.formatted(source).replaceAll("}$", ",\"serve\":{\"model\":\"x\",\"if-better-on\":\"r2\"}}"),
                "serve.if-better-on is not for training code");
    }

    @Test
    void aModelIsNotOrderedByTheNameOfAFunction() {
        LIVE.register("""
                {"AI":{"taken":[{"host":"127.0.0.1","port":1}]}}""");
        Answer refused = LIVE.post("/v1/tasks", ORDER.replaceAll("}$", """
                ,"serve":{"model":"taken"}}"""));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).contains("workers serve a function as model 'taken'");
        assertThat(queued()).isZero();
    }

    private static int queued() {
        return LIVE.get("/v1/tasks?state=QUEUED").json().path("tasks").size();
    }

    private static void refused(String order, String sentence) {
        Answer answer = LIVE.post("/v1/tasks", order);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.detail()).contains(sentence);
    }
}
