package dev.foretell.router.models.files;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.CallPreferences;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.predict.call.WorkerRefusal;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a host inspect a model file, by a normal call to a host that the balancer chooses. If a host is too small for
 * the file, the next one inspects it. Used once, on one event loop.
 */
final class HostInspector {
    /** For all hosts that inspect one file, together. */
    private static final Duration MAX = Duration.ofSeconds(90);

    private static final int TOO_SMALL =
            Problem.of(FailureKind.PAYLOAD_TOO_LARGE).status();

    private final PredictService answers;
    private final Buffer data;
    private final Deadline deadline = Deadline.after(MAX, System.nanoTime());
    private final Set<WorkerId> tooSmall = new HashSet<>();
    private String said = "";

    private HostInspector(PredictService answers, Buffer data) {
        this.answers = answers;
        this.data = data;
    }

    /**
     * @param sample JSON that the model is to take; null where none is given
     * @return fails with {@link FailureKind#INVALID_INPUT} and the host's words where the file is not good, or too large for all of
     *     them, with {@link FailureKind#NO_WORKER} where there is no host
     */
    static Future<Inspection> inspect(PredictService answers, String digest, @Nullable String sample) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("digest", digest);
        if (sample != null) {
            data.put("sample", new RawValue(sample));
        }
        return new HostInspector(answers, Buffer.buffer(Json.write(data))).look();
    }

    private Future<Inspection> look() {
        CallContext context = CallContext.own(deadline);
        return answers.answer(context, Future.succeededFuture(call(context)))
                .map(HostInspector::read)
                .transform(done -> isTooSmall(context, done) ? look() : onOutcome(done));
    }

    private PredictCall call(CallContext context) {
        RequestOptions options = RequestOptions.notAt(tooSmall);
        return new PredictCall(Hosting.TYPE, Hosting.INSPECT, data, CallPreferences.OWN, context, options);
    }

    /** Asks each host at most once. */
    private boolean isTooSmall(CallContext context, AsyncResult<Inspection> done) {
        WorkerId asked = context.worker();
        if (asked != null && done.cause() instanceof WorkerRefusal refusal && refusal.status() == TOO_SMALL) {
            said = refusal.detail();
            return tooSmall.add(asked);
        }
        return false;
    }

    private Future<Inspection> onOutcome(AsyncResult<Inspection> done) {
        return done.succeeded() ? Future.succeededFuture(done.result()) : Future.failedFuture(explain(done.cause()));
    }

    private Throwable explain(Throwable failure) {
        if (failure instanceof WorkerRefusal refusal) {
            return new ServingException(FailureKind.INVALID_INPUT, refusal.detail());
        }
        boolean nobody = failure instanceof ServingException serving
                && (serving.kind() == FailureKind.MODEL_NOT_FOUND || serving.kind() == FailureKind.NO_WORKER);
        if (nobody) {
            return tooSmall.isEmpty() ? noHost() : tooLarge();
        }
        return failure;
    }

    private ServingException tooLarge() {
        String who = tooSmall.size() == 1
                ? "the model host that could inspect the file is too small for it: "
                : "the " + tooSmall.size()
                        + " model hosts that could inspect the file are too small for it; the last one reports: ";
        return new ServingException(FailureKind.INVALID_INPUT, who + said);
    }

    static ServingException noHost() {
        return new ServingException(
                FailureKind.NO_WORKER,
                "no model host is available to inspect the file; start one: foretell host --router URL");
    }

    private static Inspection read(Response response) {
        try {
            return Json.MAPPER.readValue(response.body().getBytes(), Inspection.class);
        } catch (IOException e) {
            throw new ServingException(FailureKind.WORKER_FAILED, "the host's response is invalid", e);
        }
    }
}
