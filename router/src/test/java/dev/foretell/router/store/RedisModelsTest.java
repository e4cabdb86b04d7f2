package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.Models;
import dev.foretell.router.models.ModelsChange;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.TrafficPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisModelsTest {
    @RegisterExtension
    static final OpenStore OPEN = new OpenStore();

    private static final RegisteredModel IRIS = model("iris");

    private final ModelRegistry.Store models = OPEN.store().models();

    /** A model with something everywhere. */
    private static RegisteredModel model(String name) {
        ModelVersion version = new ModelVersion(
                1,
                new ModelVersion.File("ab".repeat(32), 4_000_000_000L, "onnx"),
                new ModelVersion.Contents(
                        List.of(new TensorSpec("X", Datatype.FP32, List.of(-1L, 4L))),
                        List.of(new TensorSpec("label", Datatype.INT64, List.of(-1L))),
                        Map.of("producer", "a test")),
                """
                {"X":[[0.5]]}""",
                new ModelVersion.Origin(Map.of("from", "127.0.0.1"), 1_700_000_000_000L),
                0);
        return new RegisteredModel(
                new RegisteredModel.Name("AI", name),
                new RegisteredModel.Description("flowers; Blüten", Map.of("team", "plants")),
                new RegisteredModel.Deployment(2, true),
                new RegisteredModel.History(2, Map.of(1, version)),
                new TrafficPlan(
                        Map.of(1, 100),
                        new TrafficPlan.Canary(1, 200, 0.05, 2.0),
                        new TrafficPlan.Shadow(1, 10),
                        "why"),
                Map.of("prod", 1));
    }

    /** What is in Redis for {@link #IRIS}, and must stay readable. */
    private static final String STORED = """
            {"type":"AI","name":"iris","description":"flowers; Blüten","labels":{"team":"plants"},"replicas":2,"loaded":true,\
            "nextVersion":2,"versions":{"1":{"number":1,"digest":"%s","bytes":4000000000,"runtime":"onnx",\
            "inputs":[{"name":"X","datatype":"FP32","shape":[-1,4]}],"outputs":[{"name":"label","datatype":"INT64","shape":[-1]}],\
            "metadata":{"producer":"a test"},"sample":"{\\"X\\":[[0.5]]}","provenance":{"from":"127.0.0.1"},\
            "createdMs":1700000000000,"memory":0}},\
            "traffic":{"weights":{"1":100},"canary":{"version":1,"atLeastCalls":200,"errorRatio":0.05,"p95Ratio":2.0},\
            "shadow":{"version":1,"percent":10},"note":"why"},"aliases":{"prod":1}}""".formatted("ab".repeat(32));

    @Test
    void storesModelsInTheFormThatOtherRoutersKnow() {
        assertThat(RedisModels.FORM.json(IRIS)).isEqualTo(STORED);
        assertThat(RedisModels.FORM.read(STORED)).isEqualTo(IRIS);
    }

    @Test
    void readsWhatWasStoredBeforeMemoryWasMeasuredOrByAnotherName() {
        assertThat(RedisModels.FORM.read(STORED.replace(",\"memory\":0", ""))).isEqualTo(IRIS);
        assertThat(RedisModels.FORM.read(STORED.replace("\"loaded\"", "\"withLoaded\"")))
                .isEqualTo(IRIS);
    }

    private static ModelsChange change(long base, RegisteredModel model) {
        return new ModelsChange(base, Map.of(model.name(), Optional.of(model)));
    }

    @Test
    void loadsWhatWasCommitted() {
        assertThat(await(models.load())).isEqualTo(Models.NONE);

        await(models.commit(change(0, IRIS)));
        await(models.commit(change(1, model("other"))));
        await(models.commit(new ModelsChange(2, Map.of("other", Optional.empty()))));

        assertThat(await(models.load())).isEqualTo(new Models(3, Map.of("iris", IRIS)));
    }

    @Test
    void labelsKeepTheOrderThatTheyWereGivenIn() {
        Map<String, String> labels = new LinkedHashMap<>();
        List<String> names = List.of("zeta", "alpha", "mu", "beta", "omega", "eta", "xi", "nu");
        names.forEach(name -> labels.put(name, "x"));

        await(models.commit(change(0, IRIS.withLabels(labels))));

        assertThat(await(models.load()).byName().get("iris").about().labels().keySet())
                .containsExactlyElementsOf(names);
    }

    @Test
    void refusesAChangeOfAnotherRevision() {
        await(models.commit(change(0, IRIS)));

        assertThatThrownBy(() -> await(models.commit(change(0, model("other")))))
                .isInstanceOfSatisfying(
                        ServingException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT));
    }

    @Test
    void whatANewerRouterWroteIsReadAndWhatIsSpoiltIsNotTakenForAbsent() {
        await(models.commit(change(0, IRIS)));
        String newer = OPEN.byHand("HSET {foretell}:models spoilt nonsense old '{\"name\":\"old\"}'");
        assertThat(newer).isEqualTo(":2");
        OPEN.byHand("EVAL \"return redis.call('HSET',KEYS[1],'iris',(string.gsub(redis.call('HGET',KEYS[1],'iris'),"
                + "'^{','{\\\"news\\\":[1],')))\" 1 {foretell}:models");

        assertThat(await(models.load())).isEqualTo(new Models(1, Map.of("iris", IRIS), Set.of("spoilt", "old")));
    }

    @Test
    void takesModelsBackThatItHasLost() {
        ModelRegistry registry = new ModelRegistry(models);
        await(registry.update("iris", before -> Optional.of(IRIS)));
        OPEN.byHand("FLUSHALL");

        await(registry.reconcile());

        assertThat(await(models.load())).isEqualTo(new Models(1, Map.of("iris", IRIS)));
    }

    @Test
    void tellsEveryRouterAndSettlesWhoWasFirst() {
        StateStore other = OPEN.openAnother();
        ModelRegistry here = new ModelRegistry(models);
        ModelRegistry there = new ModelRegistry(other.models());

        await(here.update("iris", before -> Optional.of(IRIS)));
        await(there.update("other", before -> Optional.of(model("other"))));

        await().until(() -> here.current().equals(there.current()));
        assertThat(here.current().byName()).containsOnlyKeys("iris", "other");
        await(other.close());
    }
}
