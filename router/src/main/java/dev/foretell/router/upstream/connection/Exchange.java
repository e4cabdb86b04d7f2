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
 * One request to a worker and its response, at any place on a connection. Confined to one event loop; its outcome is
 * settled once.
 */
public final class Exchange implements WorkerCall.Waiting {
    private final WorkerId worker;
    private final Patience patience;
    private final RequestHead head;
    private final Listener listener;
    private final Promise<WorkerResponse> outcome = Promise.promise();
    private @Nullable WorkerCall call;
    private @Nullable Place place;
    private final long sentAtAwakeNanos;
    private long token;
    private long abandonedNanos;
    private boolean moved;
    private boolean settled;

    /** Receives the outcome before anyone else. */
    public interface Listener {
        void onResponse(WorkerResponse response);

        /** It failed, and the worker no longer has the call. */
        void onFailure(AttemptFailure failure);

        /** It failed for its caller, but the worker still has the call; {@link #onAbandonedEnd} follows. */
        void onAbandon(AttemptFailure failure);

        /** The worker no longer has the abandoned call. */
        void onAbandonedEnd();
    }

    /** Where the exchange waits or is in flight. */
    interface Place {
        /** Nobody waits for it any more. Returns whether the worker keeps it and its response will be dropped. */
        boolean abandon(Exchange exchange, Reason why);
    }

    /** @param awakeNanos the current time of {@link SilenceWatch#awakeNanos} */
    public Exchange(
            WorkerId worker, RequestHead head, WorkerCall call, Patience patience, long awakeNanos, Listener listener) {
        this.worker = worker;
        this.patience = patience;
        this.sentAtAwakeNanos = awakeNanos;
        this.head = head;
        this.call = call;
        this.listener = listener;
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

    /** @param echo the token for the worker to repeat */
    void writeTo(ByteBuf out, long nowNanos, long echo) {
        token = echo;
        WorkerCall sent = call();
        head.writeTo(out, sent.deadline().remainingMillis(nowNanos), echo, sent);
    }

    long token() {
        return token;
    }

    /** Whether it may be sent over another connection because this one is unusable: once, if it can be repeated. */
    boolean move() {
        boolean may = !moved && upload() == null;
        moved = true;
        return may;
    }

    private WorkerCall call() {
        return Objects.requireNonNull(call, "an abandoned call is not sent");
    }

    /** Whether its response may be passed on in pieces. */
    boolean mayStream() {
        return call != null && call.options().batch() == 0;
    }

    /** Whether it needs an exclusive connection, because its response or its body is a stream. */
    boolean isAlone() {
        return head.isAlone() || upload() != null;
    }

    /** The body if it has not arrived yet. */
    @Nullable
    Upload upload() {
        return call == null ? null : call.upload();
    }

    void placeAt(@Nullable Place at) {
        place = at;
    }

    /** When it was abandoned. */
    long abandonedAtNanos() {
        return abandonedNanos;
    }

    void succeed(WorkerResponse response) {
        if (!settled) {
            settled = true;
            listener.onResponse(response);
            outcome.complete(response);
        }
    }

    void fail(AttemptFailure failure) {
        if (!settled) {
            settled = true;
            listener.onFailure(failure);
            outcome.fail(failure);
        }
    }

    /** Gives up waiting for the response. */
    @Override
    public void abort(Reason why) {
        if (!settled) {
            outcome.fail(abandon(new AttemptFailure(why, null), why));
        }
    }

    /** The worker keeps the call; its late response shows that it has recovered. */
    @Override
    public void completeFromElsewhere(WorkerResponse response) {
        if (!settled) {
            abandon(new AttemptFailure(Reason.OVERTAKEN, null), Reason.CANCELLED);
            outcome.complete(response);
        }
    }

    private AttemptFailure abandon(AttemptFailure failure, Reason why) {
        settled = true;
        boolean stays = place != null && place.abandon(this, why);
        if (stays) {
            call = null;
            listener.onAbandon(failure);
        } else {
            listener.onFailure(failure);
        }
        return failure;
    }

    /**
     * Whether its worker should have responded by now and has been silent since; an upload may still be waiting for its
     * caller.
     */
    boolean isOverdue(long silentSince, long awakeNanos) {
        long waited = waitNanos(silentSince, awakeNanos);
        if (waited < Suspicion.MIN_NANOS) {
            return false;
        }
        long longest = patience.patienceNanos();
        return longest >= 0 && waited >= longest;
    }

    /** Whether it has waited this long, by the same rules. */
    boolean hasWaited(long nanos, long silentSince, long awakeNanos) {
        return waitNanos(silentSince, awakeNanos) >= nanos;
    }

    private long waitNanos(long silentSince, long awakeNanos) {
        return settled || upload() != null ? 0 : awakeNanos - Math.max(sentAtAwakeNanos, silentSince);
    }

    Patience patience() {
        return patience;
    }

    /** The worker is silent: another one may get the call. */
    void onSilence() {
        WorkerCall waiting = call;
        if (!settled && waiting != null) {
            waiting.recipient().onSilence(this);
        }
    }

    void markAbandoned(long nowNanos) {
        abandonedNanos = nowNanos;
    }

    /** It is no longer in flight, and nobody was waiting for it. */
    void drop() {
        listener.onAbandonedEnd();
    }
}
