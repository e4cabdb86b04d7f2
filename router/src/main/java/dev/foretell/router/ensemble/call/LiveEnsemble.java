package dev.foretell.router.ensemble.call;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.predict.EnsembleLookup;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.measure.CallTally;
import io.vertx.core.Future;
import java.util.concurrent.atomic.LongAdder;

/** An ensemble that can be called, with the counts of its calls. Thread-safe. */
public final class LiveEnsemble implements EnsembleLookup.CallableEnsemble {
    private final Ensemble ensemble;
    private final ModelKey key;
    private final MemberCalls calls;
    private final CallTally tally;
    private final LongAdder missing;

    LiveEnsemble(Ensemble ensemble, MemberCalls calls) {
        this(ensemble, calls, new CallTally(), new LongAdder());
    }

    private LiveEnsemble(Ensemble ensemble, MemberCalls calls, CallTally tally, LongAdder missing) {
        this.ensemble = ensemble;
        this.key = ensemble.key();
        this.calls = calls;
        this.tally = tally;
        this.missing = missing;
    }

    /** The same ensemble with another recipe; keeps the counts. */
    LiveEnsemble with(Ensemble next) {
        return new LiveEnsemble(next, calls, tally, missing);
    }

    public Ensemble ensemble() {
        return ensemble;
    }

    @Override
    public ModelKey key() {
        return key;
    }

    @Override
    public CallTally tally() {
        return tally;
    }

    /** The number of member responses that calls have lacked so far. */
    public long missing() {
        return missing.sum();
    }

    @Override
    public Future<Response> predict(PredictCall call, PredictService models) {
        return new EnsembleCall(ensemble, missing, call, calls, models).run();
    }
}
