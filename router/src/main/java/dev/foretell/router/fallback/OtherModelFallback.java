package dev.foretell.router.fallback;

import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;

/** What another model of the same type answers; of no use once the deadline has passed. */
record OtherModelFallback(String name) implements Fallback {
    @Override
    public String kind() {
        return "model";
    }

    @Override
    public Future<Response> insteadOf(FailedCall call) {
        return call.reason() == FallbackReason.DEADLINE ? Future.failedFuture("no time is left") : call.callOther(name);
    }
}
