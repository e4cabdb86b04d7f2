package dev.foretell.router.models;

import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.routing.RoutingChange;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.routing.SharedState;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Registered models for tests, and stores in memory that only this router changes. */
public final class Registered {
    private Registered() {}

    /** A model of type AI with versions from 1 on, and that plan. */
    public static RegisteredModel model(String name, int versions, TrafficPlan plan) {
        RegisteredModel model = RegisteredModel.fresh("AI", name, 2);
        for (int number = 1; number <= versions; number++) {
            model = model.plus(version(number, Integer.toHexString((name + number).hashCode()), List.of(), List.of()));
        }
        return model.withPlan(plan);
    }

    /** A version that nobody has measured. */
    public static ModelVersion version(int number, String digest, List<TensorSpec> in, List<TensorSpec> out) {
        return new ModelVersion(
                number,
                new ModelVersion.File(digest, 1, "onnx"),
                new ModelVersion.Contents(in, out, Map.of()),
                null,
                new ModelVersion.Origin(Map.of(), 0),
                0);
    }

    public static TrafficPlan weights(Map<Integer, Integer> weights) {
        return new TrafficPlan(weights, null, null, null);
    }

    public static Models models(long revision, RegisteredModel... models) {
        Map<String, RegisteredModel> byName = new TreeMap<>();
        for (RegisteredModel model : models) {
            byName.put(model.name(), model);
        }
        return new Models(revision, byName);
    }

    /** Keeps all that it gets; what the test puts in is found by the next reconciliation. */
    private static class Kept<S, C> implements SharedState.Store<S, C> {
        private final BiFunction<S, C, S> after;
        public S state;

        Kept(S state, BiFunction<S, C, S> after) {
            this.state = state;
            this.after = after;
        }

        @Override
        public Future<S> load() {
            return Future.succeededFuture(state);
        }

        @Override
        public Future<Void> commit(C change) {
            state = after.apply(state, change);
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> reseed(S ours) {
            return Future.failedFuture("never lost");
        }

        @Override
        public void listen(Consumer<C> listener) {
            // there is no other router
        }
    }

    public static final class KeptModels extends Kept<Models, ModelsChange> implements ModelRegistry.Store {
        public KeptModels() {
            super(Models.NONE, Models::after);
        }
    }

    public static final class KeptTable extends Kept<RoutingTable, RoutingChange> implements RoutingTables.Store {
        public KeptTable() {
            super(RoutingTable.EMPTY, RoutingTable::after);
        }
    }
}
