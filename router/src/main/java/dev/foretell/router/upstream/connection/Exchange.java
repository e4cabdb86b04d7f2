package dev.foretell.router.upstream.connection;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.Upload;
import dev.foretell.router.upstream.call.WorkerCall;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Patience;
import dev.foretell.router.upstream.pool.Suspicion;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request to a worker and the answer to it, wherever on a connection it stands. Confined to one event loop; its outcome
 * is settled once.
 */
public final class Exchange implements WorkerCall.Waiting {
    private final WorkerId worker;
    private final Patience patience;
    private final RequestHead head;
    private final Listener ending;
    private final Promise<WorkerResponse> outcome = Promise.promise();
    private @Nullable WorkerCall call;
    private @Nullable Place place;
    private final long sentAtAttentive;
    private long token;
    private long settledNanos;
    private boolean moved;
    private boolean settled;

    /** Told of the outcome, ahead of all others. */
    public interface Listener {
        void onResponse(WorkerResponse response);

        void onFailure(AttemptFailure failure);

        /** Its answer is not waited for any longer; the worker may still be at it. */
        void onAbandon(AttemptFailure failure);

        /** The worker is no longer at a call that was abandoned. */
        void onDrop();
    }

    /** Where it waits or is under way. */
    interface Place {
        /** Nobody waits for it any longer. Whether the worker stays at it, and what it answers is dropped. */
        boolean leave(Exchange exchange, Reason why);
    }

    /** @param attentive now, by {@link SilenceWatch#attentive} */
    public Exchange(
            WorkerId worker, RequestHead head, WorkerCall call, Patience patience, long attentive, Listener ending) {
        this.worker = worker;
        this.patience = patience;
        this.sentAtAttentive = attentive;
        this.head = head;
        this.call = call;
        this.ending = ending;
    }

    @Override
    public Future<WorkerResponse> outcome() {
        return outcome.future();
    }

    WorkerId worker() {
        return worker;
    }

    boolean isSettled() {
        return settled;
    }

    /** @param echo what the worker is asked to repeat in its answer */
    void writeTo(ByteBuf out, long nowNanos, long echo) {
        token = echo;
        WorkerCall sent = call();
        head.writeTo(out, sent.deadline().remainingMillis(nowNanos), echo, sent);
    }

    long token() {
        return token;
    }

    /** Whether it may be sent over another connection, after this one turned out to be spoilt: once, if it can be repeated. */
    boolean move() {
        boolean may = !moved && upload() == null;
        moved = true;
        return may;
    }

    private WorkerCall call() {
        return Objects.requireNonNull(call, "a call that was abandoned is not sent");
    }

    /** Whether its answer may be passed on in pieces. */
    boolean mayStream() {
        return call != null && call.options().batch() == 0;
    }

    /** Whether it is to share no connection: its answer may stream, or its body does. */
    boolean isAlone() {
        return head.isAlone() || upload() != null;
    }

    /** The body, where it is yet to come. */
    @Nullable
    Upload upload() {
        return call == null ? null : call.upload();
    }

    void isAt(@Nullable Place at) {
        place = at;
    }

    /** Of one that was abandoned, since when it is. */
    long abandonedAtNanos() {
        return settledNanos;
    }

    void succeed(WorkerResponse response) {
        if (!settled) {
            settled = true;
            ending.onResponse(response);
            outcome.complete(response);
        }
    }

    void fail(AttemptFailure failure) {
        if (!settled) {
            settled = true;
            ending.onFailure(failure);
            outcome.fail(failure);
        }
    }

    /** Gives up: the answer is not waited for any longer. */
    @Override
    public void abort(Reason why) {
        if (!settled) {
            outcome.fail(leave(new AttemptFailure(why, null), why));
        }
    }

    /** The worker goes on with it: that it answers after all is how it is known to be well again. */
    @Override
    public void completeFromElsewhere(WorkerResponse response) {
        if (!settled) {
            leave(new AttemptFailure(Reason.OVERTAKEN, null), Reason.CANCELLED);
            outcome.complete(response);
        }
    }

    private AttemptFailure leave(AttemptFailure failure, Reason why) {
        settled = true;
        boolean stays = place != null && place.leave(this, why);
        if (stays) {
            call = null;
            ending.onAbandon(failure);
        } else {
            ending.onFailure(failure);
        }
        return failure;
    }

    /** Whether its worker should have answered by now, of which nothing at all has come since then; one of an upload may wait for the rest. */
    boolean isOverdue(long silentSince, long attentive) {
        long waited = waitNanos(silentSince, attentive);
        if (waited < Suspicion.MIN_NANOS) {
            return false;
        }
        long longest = patience.patienceNanos();
        return longest >= 0 && waited >= longest;
    }

    /** Whether it has waited for as long as this, by the same rules. */
    boolean hasWaited(long nanos, long silentSince, long attentive) {
        return waitNanos(silentSince, attentive) >= nanos;
    }

    private long waitNanos(long silentSince, long attentive) {
        return settled || upload() != null ? 0 : attentive - Math.max(sentAtAttentive, silentSince);
    }

    Patience patience() {
        return patience;
    }

    /** The worker answers nothing: another may get the call. */
    void isStuck() {
        WorkerCall waiting = call;
        if (!settled && waiting != null) {
            waiting.caller().isSilent(this);
        }
    }

    /** Since when it is abandoned. */
    void abandonedAt(long nowNanos) {
        settledNanos = nowNanos;
    }

    /** It is under way no longer, and nobody had waited for it. */
    void drop() {
        ending.onDrop();
    }
}
