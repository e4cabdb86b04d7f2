package dev.foretell.router.fallback;

import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;

/** The response of another model of the same type; useless after the deadline. */
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
