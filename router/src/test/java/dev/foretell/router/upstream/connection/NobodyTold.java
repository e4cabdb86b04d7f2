package dev.foretell.router.upstream.connection;

import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.WorkerResponse;

/** For tests that look at an exchange's outcome alone. */
final class NobodyTold implements Exchange.Listener {
    @Override
    public void onResponse(WorkerResponse response) {}

    @Override
    public void onFailure(AttemptFailure failure) {}

    @Override
    public void onAbandon(AttemptFailure failure) {}

    @Override
    public void onAbandonedEnd() {}
}
