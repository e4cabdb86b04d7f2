package dev.foretell.router.models;

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
        Map<Integer, ModelVersion> all = new TreeMap<>();
        for (int number = 1; number <= versions; number++) {
            String digest = Integer.toHexString((name + number).hashCode());
            all.put(
                    number,
                    new ModelVersion(number, digest, 1, "onnx", List.of(), List.of(), Map.of(), null, Map.of(), 0));
        }
        return new RegisteredModel("AI", name, "", Map.of(), 2, true, versions + 1, all, plan, Map.of());
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

    /** Keeps whatever it is told to; what the test puts in is found by the next reconciliation. */
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
