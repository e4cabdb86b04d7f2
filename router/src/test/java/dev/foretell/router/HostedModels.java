package dev.foretell.router;

import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.models.Registered;
import dev.foretell.router.models.RegisteredModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Registered models without their files, as if they had been uploaded. */
final class HostedModels {
    private HostedModels() {}

    /** Registers a model of so many versions, the first of which takes all calls, and waits until a host serves it. */
    static void register(LiveRouter live, String name, int versions, List<TensorSpec> in, List<TensorSpec> out) {
        RegisteredModel model = IntStream.rangeClosed(1, versions)
                .mapToObj(number -> Registered.version(number, digest(name, number), in, out))
                .reduce(RegisteredModel.fresh("AI", name, 1), RegisteredModel::plus, (one, other) -> other)
                .withAliases(Map.of("prod", versions));
        live.models()
                .update(name, before -> Optional.of(model))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        Awaitility.await().until(() -> live.get("/v2/models/" + name + "/ready").status() == 200);
    }

    static String digest(String name, int version) {
        return String.format("%064x", (name + version).hashCode() & 0xffffffffL);
    }
}
