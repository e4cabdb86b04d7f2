package dev.foretell.router.models;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.predict.Answers;
import dev.foretell.router.predict.PredictCall;
import dev.foretell.router.predict.WorkerRefusal;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.CallAbort;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Has a host look at a model file: a call like any other, to whichever host the balancer chooses. */
final class HostInspector {
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private HostInspector() {}

    /**
     * @return fails with {@link FailureKind#INVALID_INPUT} and the host's words where the file is not good, with {@link
     *     FailureKind#NO_WORKER} where there is no host
     */
    static Future<Inspection> inspect(Answers answers, String digest) {
        Deadline deadline = Deadline.after(LONGEST, System.nanoTime());
        CallAbort abort = new CallAbort();
        Buffer data = Buffer.buffer(Json.write(Map.of("digest", digest)));
        PredictCall call = new PredictCall(
                Hosting.TYPE, Hosting.INSPECT, data, null, Priority.NORMAL, deadline, abort, true, null, null);
        return answers.answer(deadline, abort, Future.succeededFuture(call))
                .recover(failure -> Future.failedFuture(explained(failure)))
                .map(HostInspector::read);
    }

    private static Throwable explained(Throwable failure) {
        if (failure instanceof WorkerRefusal refusal) {
            return new ServingException(FailureKind.INVALID_INPUT, refusal.detail());
        }
        boolean nobody = failure instanceof ServingException serving
                && (serving.kind() == FailureKind.MODEL_NOT_FOUND || serving.kind() == FailureKind.NO_WORKER);
        return nobody ? noHost() : failure;
    }

    static ServingException noHost() {
        return new ServingException(
                FailureKind.NO_WORKER,
                "no model host is there to look at the file; start one: foretell host --router URL");
    }

    private static Inspection read(Answer answer) {
        try {
            return Json.MAPPER.readValue(answer.body().getBytes(), Inspection.class);
        } catch (IOException e) {
            throw new ServingException(FailureKind.WORKER_FAILED, "the host's answer makes no sense", e);
        }
    }
}
