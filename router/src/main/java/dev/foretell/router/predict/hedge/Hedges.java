package dev.foretell.router.predict.hedge;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.time.TimeoutWheel;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.call.WorkerCall.Recipient;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The models whose slow calls are hedged, and their recent latencies. Thread-safe. */
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

    /** When a call of the model is slow, and whether it may be hedged. */
    public record Model(RecentP95 p95, HedgeTokens tokens) {
        /** A model whose calls are not hedged. */
        public static final Model OFF = new Model(new RecentP95(), new HedgeTokens(0));

        /**
         * Sends a call, and hedges it if its first attempt is slow.
         *
         * @param alone the recipient of the response while the latency is unknown
         */
        public Future<WorkerResponse> send(
                HedgedCall call, Slot slot, Recipient alone, TimeoutWheel wheel, LongSupplier nanoClock) {
            long start = nanoClock.getAsLong();
            long patience = p95.nanos();
            tokens.earn();
            Future<WorkerResponse> response = patience == 0
                    ? call.send(slot, alone)
                    : new Race(new HedgeRace(call, tokens)).run(slot, call.cancellation(), wheel, start + patience);
            return response.onSuccess(done -> p95.observe(nanoClock.getAsLong() - start));
        }
    }

    /** {@link Model#OFF} for models whose calls are not hedged. */
    public Model of(ModelKey model) {
        Map<ModelKey, Model> now = models;
        Model known = now.isEmpty() ? null : model.lookUp(now);
        return known == null ? Model.OFF : known;
    }
}
