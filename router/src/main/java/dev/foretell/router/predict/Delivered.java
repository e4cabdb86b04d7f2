package dev.foretell.router.predict;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.upstream.WorkerAnswer;

/**
 * What a worker said to a call, whether that came alone or with others.
 *
 * @param tries how many workers were tried, this one included
 */
record Delivered(WorkerAnswer answer, int tries) {
    /** The answer, unless it is a refusal (4xx). */
    WorkerAnswer accepted(ModelKey model) {
        if (answer.status() >= 400) {
            throw new WorkerRefusal(answer, model.toString(), tries);
        }
        return answer;
    }
}
