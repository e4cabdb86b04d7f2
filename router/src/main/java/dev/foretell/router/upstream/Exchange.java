package dev.foretell.router.upstream;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.upstream.AttemptFailure.Reason;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * One request to a worker and the answer to it, wherever on a connection it stands. Confined to one event loop; its outcome
 * is settled once.
 */
final class Exchange {
    private final WorkerId worker;
    private final RequestHead head;
    private final WorkerCall call;
    private final Ending ending;
    private final Promise<WorkerAnswer> outcome = Promise.promise();
    private @Nullable WorkerConnection connection;
    private boolean settled;

    /** Told of the outcome, ahead of all others. */
    interface Ending {
        void answered(WorkerAnswer answer);

        void failed(AttemptFailure failure);
    }

    Exchange(WorkerId worker, RequestHead head, WorkerCall call, Ending ending) {
        this.worker = worker;
        this.head = head;
        this.call = call;
        this.ending = ending;
    }

    Future<WorkerAnswer> outcome() {
        return outcome.future();
    }

    WorkerId worker() {
        return worker;
    }

    boolean isSettled() {
        return settled;
    }

    void writeTo(ByteBuf out, long timeoutMillis) {
        head.writeTo(out, timeoutMillis, call);
    }

    WorkerCall call() {
        return call;
    }

    /** Whether its answer may be passed on in pieces. */
    boolean mayStream() {
        return call.batch() == 0;
    }

    /** Whether it is to share no connection: its answer may stream, or its body does. */
    boolean isAlone() {
        return head.isAlone() || upload() != null;
    }

    /** The body, where it is yet to come. */
    @Nullable
    Upload upload() {
        return call.upload();
    }

    void sentOn(WorkerConnection on) {
        connection = on;
    }

    void succeed(WorkerAnswer answer) {
        if (!settled) {
            settled = true;
            ending.answered(answer);
            outcome.complete(answer);
        }
    }

    void fail(AttemptFailure failure) {
        if (!settled) {
            settled = true;
            ending.failed(failure);
            outcome.fail(failure);
        }
    }

    /** Gives up: the answer is not waited for any longer. */
    void abort(Reason why) {
        if (connection != null) {
            connection.abandon(this);
        }
        fail(new AttemptFailure(why, null));
    }
}
