package dev.foretell.router.predict.attempt;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.predict.call.WorkerRefusal;
import dev.foretell.router.upstream.call.WorkerResponse;

/**
 * What a worker said to a call, whether that came alone or with others.
 *
 * @param tries how many workers were tried, this one included
 */
public record DeliveryResult(WorkerResponse response, int tries) {
    /** The answer, unless it is a refusal (4xx). */
    public WorkerResponse requireAccepted(ModelKey model) {
        if (response.status() >= 400) {
            throw new WorkerRefusal(response, model.toString(), tries);
        }
        return response;
    }
}
