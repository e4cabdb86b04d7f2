package dev.foretell.router.ensemble.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.ensemble.Member;
import dev.foretell.router.ensemble.merge.MergeRule;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * One call of an ensemble: calls all members at once, waits for each until its deadline, and merges the responses. It ends
 * early once the rule needs no more responses or the quorum is out of reach. Then, and when the caller hangs up, it cancels the
 * calls in flight. Used once, on its event loop.
 */
final class EnsembleCall {
    private final Ensemble ensemble;
    private final LongAdder missing;
    private final PredictCall call;
    private final MemberCalls calls;
    private final PredictService models;
    private final List<PredictCall> begun;
    private final MemberResults results;
    private final MergeMemory memory;
    private final MemberResponse reader;
    private final boolean isTold;
    private final Promise<Response> done = Promise.promise();
    private int bytes;
    private boolean isOver;

    /** @param missing counts the member responses that calls of the ensemble have lacked */
    EnsembleCall(Ensemble ensemble, LongAdder missing, PredictCall call, MemberCalls calls, PredictService models) {
        this.ensemble = ensemble;
        this.missing = missing;
        this.call = call;
        this.calls = calls;
        this.models = models;
        this.begun = new ArrayList<>(ensemble.members().size());
        this.results = new MemberResults(ensemble);
        this.memory = new MergeMemory(calls.memory());
        this.isTold = call.context().asksFor(Headers.ENSEMBLE_MEMBERS);
        this.reader = new MemberResponse(
                ensemble.merge(), memory, isTold || !ensemble.merge().isOfDoubles());
    }

    Future<Response> run() {
        MemberCalls.requireWhole(call);
        AttemptFailure.Reason aborted = call.cancellation().reason();
        if (aborted != null) {
            return Future.failedFuture(new AttemptFailure(aborted, null));
        }
        call.cancellation().onAbort(this::abort);
        for (int i = 0; i < ensemble.members().size() && !isOver; i++) {
            begin(i);
        }
        return done.future();
    }

    private void begin(int index) {
        Member member = ensemble.members().get(index);
        PredictCall one = calls.of(call, member);
        int sent = call.data().length();
        begun.add(one);
        Future.succeededFuture(one)
                .compose(next -> answer(next, sent))
                .compose(response -> read(response, one, member))
                .onComplete(read -> onEnd(index, one, read));
    }

    private Future<Response> answer(PredictCall one, int sent) {
        memory.take(sent);
        return models.answer(one.context(), Future.succeededFuture(one)).andThen(answered -> memory.giveBack(sent));
    }

    private Future<JsonNode> read(Response response, PredictCall one, Member member) {
        member.requireSame(one.context().model());
        if (MemberResponse.isStream(response)) {
            return Future.failedFuture(MemberResponse.misfit("is a stream, or longer than can be merged"));
        }
        int length = response.body().length();
        bytes += length;
        List<String> classes = classes(one, member);
        return calls.work().run(length, () -> {
            JsonNode answer = reader.read(response, member.output());
            return ClassOrder.arrange(answer, classes, ensemble.labels());
        });
    }

    /** Of the version that responded, which may be another than when the ensemble was created. */
    private List<String> classes(PredictCall one, Member member) {
        ModelKey version = one.context().model();
        return ensemble.labels().isEmpty() || version == null || member.output() == null
                ? List.of()
                : calls.classes().of(version, member.output());
    }

    private void onEnd(int index, PredictCall one, AsyncResult<JsonNode> read) {
        if (isOver) {
            return;
        }
        long took = calls.nanoClock().getAsLong() - one.deadline().fromNanos();
        results.add(index, took, read);
        ServingException refusal = memory.refusal();
        if (refusal != null) {
            isOver = true;
            finish(Future.failedFuture(refusal));
        } else if (results.isOutOfReach()) {
            isOver = true;
            finish(Future.failedFuture(results.failure()));
        } else if (results.areAll() || (read.succeeded() && ensemble.merge() == MergeRule.FIRST)) {
            isOver = true;
            calls.work()
                    .run(bytes, () -> EnsembleResponse.of(results, isTold, memory))
                    .onComplete(this::finish);
        }
    }

    private void finish(AsyncResult<EnsembleResponse> merged) {
        memory.close();
        if (call.cancellation().reason() == null) {
            missing.add(merged.succeeded() ? merged.result().missing() : results.failures());
        }
        if (merged.succeeded()) {
            done.tryComplete(merged.result());
        } else {
            done.tryFail(merged.cause());
        }
        abort(AttemptFailure.Reason.CANCELLED);
    }

    /** Cancels all members; this does not change those that have ended. */
    private void abort(AttemptFailure.Reason why) {
        begun.forEach(one -> one.cancellation().abort(why));
    }
}
