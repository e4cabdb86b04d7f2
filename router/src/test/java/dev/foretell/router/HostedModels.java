package dev.foretell.router;

import static java.util.stream.Collectors.toMap;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.TrafficPlan;
import dev.foretell.router.routing.RoutingTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Registered models at scripted hosts, without files: records in the registry, and seats in the pools. */
final class HostedModels {
    /** What a host says of itself. */
    static final String INDEX = "{\"app\":\"host\",\"version\":\"1\",\"functions\":{},\"hosts\":{\"max\":1}}";

    private HostedModels() {}

    /** Registers a model of so many versions, the first of which takes all calls, and waits until it is ready. */
    static void serve(
            LiveRouter live, String name, int versions, List<TensorSpec> in, List<TensorSpec> out, FakeWorker host) {
        Map<Integer, ModelVersion> all = IntStream.rangeClosed(1, versions)
                .boxed()
                .collect(toMap(number -> number, number -> version(name, number, in, out)));
        RegisteredModel model = new RegisteredModel(
                "AI", name, "", Map.of(), 1, true, versions + 1, all, TrafficPlan.allTo(1), Map.of("prod", versions));
        live.models().update(name, before -> Optional.of(model));
        Map<ModelKey, RoutingMap.Model> seats = new HashMap<>();
        all.values().forEach(version -> seats.put(model.key().version(version.number()), seat(version, host)));
        seats.put(model.key(), seat(version(name, 1, in, out), host));
        live.pools().follow(RoutingTable.EMPTY, new RoutingTable(1, seats));
        Awaitility.await()
                .atMost(LiveRouter.PATIENCE)
                .until(() -> live.get("/v2/models/" + name + "/ready").status() == 200);
    }

    static String digest(String name, int version) {
        return String.format("%064x", (name + version).hashCode() & 0xffffffffL);
    }

    private static ModelVersion version(String name, int number, List<TensorSpec> in, List<TensorSpec> out) {
        return new ModelVersion(number, digest(name, number), 1, "onnx", in, out, Map.of(), null, Map.of(), 0);
    }

    private static RoutingMap.Model seat(ModelVersion version, FakeWorker host) {
        WorkerEntry entry =
                new WorkerEntry("127.0.0.1", host.port(), 0, Hosting.predictFunction(version.digest()), null, null);
        return new RoutingMap.Model(null, List.of(entry));
    }
}
