package dev.foretell.router.predict.hedge;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.time.TimeoutWheel;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.call.WorkerCall.Caller;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The models whose slow calls get a second copy, and their recent latencies. Thread-safe. */
public final class Hedges {
    private volatile Map<ModelKey, Model> models = Map.of();

    public Hedges(Retrier.Config config) {
        adopt(config);
    }

    /** Uses new settings from now on; latencies are learned again. */
    public void adopt(Retrier.Config config) {
        Map<ModelKey, Model> all = new HashMap<>();
        config.hedging()
                .hedgeModels()
                .forEach(name -> all.put(
                        ModelKey.parse(name),
                        new Model(
                                new RecentP95(),
                                new HedgeTokens(config.hedging().hedgeShare()))));
        models = Map.copyOf(all);
    }

    /** When a call of the model is slow, and whether it may have a copy. */
    public record Model(RecentP95 p95, HedgeTokens tokens) {
        /** A model without copies. */
        public static final Model OFF = new Model(new RecentP95(), new HedgeTokens(0));

        /**
         * Sends a call, and a second copy if the first is slow.
         *
         * @param alone the recipient of the response while the latency is unknown
         */
        public Future<WorkerResponse> send(
                CopiedCall call, Slot slot, Caller alone, TimeoutWheel wheel, LongSupplier nanoClock) {
            long start = nanoClock.getAsLong();
            long patience = p95.nanos();
            tokens.earn();
            Future<WorkerResponse> response = patience == 0
                    ? call.send(slot, alone)
                    : new Race(new HedgeRace(call, tokens)).run(slot, call.cancellation(), wheel, start + patience);
            return response.onSuccess(done -> p95.observe(nanoClock.getAsLong() - start));
        }
    }

    /** {@link Model#OFF} for models without copies. */
    public Model of(ModelKey model) {
        Map<ModelKey, Model> now = models;
        Model known = now.isEmpty() ? null : model.lookUp(now);
        return known == null ? Model.OFF : known;
    }
}
