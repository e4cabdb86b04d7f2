package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The walks of turbo-winner (rows T1 to T3) and of ml_serving_app (rows M1 to M3), typed as their documents type them: a router,
 * which starts its trainer itself, and a model host.
 */
class TrainingWalksTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** As users of requests write it: the body is JSON, whatever its type. */
    private static final String CLIENT = """
            import json, sys, urllib.request

            def call(path, payload=None):
                data = None if payload is None else json.dumps(payload).encode()
                with urllib.request.urlopen(urllib.request.Request(sys.argv[1] + path, data=data)) as answer:
                    return answer.read().decode()

            print(call('/AddTask'))
            print(call('/train_decision_tree').split(':')[0])
            print(call('/serve_decision_tree', {'data': [0.1, 1.1, 0.4, 0.8]}))
            print(call('/serve_decision_tree', {'data': [[0.1, 1.1, 0.4, 0.8], [6.3, 3.3, 6.0, 2.5]]}))
            """;

    @TempDir
    Path folder;

    @Test
    void turboWinner() {
        try (Child router = router()) {
            String url = readyUrl(router);

            assertThat(Shell.type("curl -s " + url + "/RunningTaskCount")).isEqualTo("We have 0 running tasks.");
            assertThat(Shell.type("curl -s " + url + "/AddTask")).isEqualTo("Success");
            assertThat(Shell.type("curl -s " + url + "/AddTask")).isEqualTo("Success");
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> Shell.type("curl -s " + url + "/RunningTaskCount")
                            .matches("We have [12] running tasks\\."));
            await().atMost(PATIENCE)
                    .until(() -> Http.get(url + "/v1/tasks").json().findValuesAsText("state").stream()
                            .allMatch("SUCCEEDED"::equals));
            JsonNode task = Http.get(url + "/v1/tasks").json().path("tasks").get(0);

            assertThat(Shell.type("curl -s " + url + "/RunningTaskCount")).isEqualTo("We have 0 running tasks.");
            assertThat(Shell.type(
                            "curl -s " + url + "/v1/tasks/" + task.path("id").asText() + "/log"))
                    .contains("neg_mean_squared_error");
        }
    }

    @Test
    void mlServingApp() {
        try (Child router = router();
                Child host = Child.foretell("host", "--router", router.url(), "-b", "127.0.0.1:0")) {
            assertThat(host.url()).startsWith("http");
            String url = readyUrl(router);
            String trained = Shell.type("curl -s -H 'X-Request-Timeout-Ms: 300000' " + url + "/train_decision_tree");
            String post = "curl -s -X POST -H 'Content-Type: application/json' -d '{\"data\":[0.1,1.1,0.4,0.8]}' ";

            assertThat(trained)
                    .startsWith("The decision tree is fitted to Iris and saved: version 1, accuracy 0.9")
                    .endsWith("/models/serve/decisiontree/1.");
            assertThat(Shell.type(post + url + "/serve_decision_tree")).isEqualTo("setosa");
            assertThat(Shell.type(post.replace("POST", "GET") + url + "/serve_decision_tree"))
                    .isEqualTo("setosa");
            assertThat(Shell.python(CLIENT, url).lines())
                    .containsExactly(
                            "Success",
                            "The decision tree is fitted to Iris and saved",
                            "setosa",
                            "{\"predictions\": [\"setosa\", \"virginica\"]}");
            assertThat(Shell.type(post + url + "/models/serve/decisiontree/1")).isEqualTo("setosa");
            assertThat(Shell.type(post + url + "/models/serve/decisiontree/2")).isEqualTo("setosa");
            assertThat(Shell.type("curl -s " + url + "/v1/models/decisiontree/versions/2"))
                    .contains("decision-tree", "sha256:", "accuracy");
        }
    }

    private Child router() {
        return Child.foretell("router", "--port", "0", "--data", folder.toString());
    }

    private static String readyUrl(Child router) {
        String url = router.url();
        await().atMost(PATIENCE).until(() -> Http.get(url + "/readyz").status() == 200);
        return url;
    }
}
