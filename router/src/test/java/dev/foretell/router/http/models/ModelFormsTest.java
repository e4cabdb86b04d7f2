package dev.foretell.router.http.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.json.Json;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.TrafficPlan;
import dev.foretell.router.models.traffic.ShadowFigures;
import dev.foretell.router.models.traffic.VersionCalls;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes of {@code /v1/models}. */
class ModelFormsTest {
    private static final String VERSION = """
            {"version":1,"state":"SERVING","weight":100,"digest":"d","bytes":10,"runtime":"onnx",\
            "inputs":[{"name":"X","datatype":"FP32","shape":[-1,4]}],"outputs":[],"metadata":{"producer":"a test"},\
            "provenance":{"from":"127.0.0.1"},"created_ms":5,"url":"/v2/models/iris/versions/1/infer"}""";

    private static ModelVersion version(long memory) {
        return new ModelVersion(
                1,
                new ModelVersion.File("d", 10, "onnx"),
                new ModelVersion.Contents(
                        List.of(new TensorSpec("X", Datatype.FP32, List.of(-1L, 4L))),
                        List.of(),
                        Map.of("producer", "a test")),
                "{}",
                new ModelVersion.Origin(Map.of("from", "127.0.0.1"), 5),
                memory);
    }

    private static RegisteredModel model(TrafficPlan plan) {
        return RegisteredModel.fresh("AI", "iris", 2)
                .plus(version(0))
                .withPlan(plan)
                .withAliases(Map.of("prod", 1));
    }

    @Test
    void aModelHasItsVersions() {
        assertThat(Json.writeText(ModelView.of(model(TrafficPlan.allTo(1))))).isEqualTo("""
                {"name":"iris","type":"AI","description":"","labels":{},"replicas":2,"loaded":true,\
                "aliases":{"prod":1},"traffic":{"weights":{"1":100}},"versions":[%s]}""".formatted(VERSION));
    }

    @Test
    void memoryIsToldOnceItWasMeasured() {
        assertThat(Json.writeText(VersionView.of(model(TrafficPlan.allTo(1)), version(7))))
                .isEqualTo(VERSION.replace("\"bytes\":10,", "\"bytes\":10,\"memory\":7,"));
    }

    @Test
    void trafficIsThePlanAndWhatCameOfIt() {
        TrafficPlan plan = new TrafficPlan(
                Map.of(1, 100), new TrafficPlan.Canary(1, 200, 0.05, 2.0), new TrafficPlan.Shadow(1, 10), "taken back");
        TrafficView view = new TrafficView(
                PlanView.of(plan),
                Map.of(1, new VersionCalls(100, 4, 1, 2, 0.5)),
                new ShadowFigures(4, 1, 0.25, 0, 2, List.of(new ShadowFigures.Difference(0.5, "/0", null))));

        assertThat(Json.writeText(view)).isEqualTo("""
                {"weights":{"1":100},"canary":{"version":1,"atLeastCalls":200,"errorRatio":0.05,"p95Ratio":2.0},\
                "shadow":{"version":1,"percent":10},"note":"taken back",\
                "versions":{"1":{"weight":100,"calls":4,"failed":1,"refused":2,"p95_ms":0.5}},\
                "shadowed":{"compared":4,"disagreed":1,"disagreement":0.25,"failed":0,"dropped":2,\
                "largest":[{"magnitude":0.5,"at":"/0"}]}}""");
    }
}
