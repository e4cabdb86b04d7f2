package dev.foretell.router.ensemble.call;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.ensemble.merge.Contribution;
import dev.foretell.router.ensemble.merge.Merged;
import dev.foretell.router.ensemble.merge.ResponseMerge;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/**
 * The response of an ensemble.
 *
 * @param missing the number of members that it lacks
 */
record EnsembleResponse(MultiMap headers, Buffer body, int missing) implements Response {
    /**
     * Merges the results.
     *
     * @param isTold whether the response lists the members and their spread
     * @throws dev.foretell.commons.failure.ServingException as {@link MergeMemory#take}, or {@link MemberResults#failure}
     */
    static EnsembleResponse of(MemberResults results, boolean isTold, MergeMemory memory) {
        List<Contribution> present = results.requireAlike();
        if (results.ensemble().merge().comparesResponses()) {
            memory.takeMerged(isTold ? 2 : 1);
        }
        Merged merged =
                new ResponseMerge(results.ensemble().merge(), results.ensemble().labels()).merge(present);
        Object body = isTold ? MembersView.of(results, present, merged) : merged.answer();
        MultiMap headers = HttpHeaders.headers()
                .set(HttpHeaders.CONTENT_TYPE, "application/json")
                .set(
                        Headers.ENSEMBLE_MEMBERS,
                        present.size() + "/" + results.ensemble().members().size());
        return new EnsembleResponse(headers, MergedText.of(body, memory), results.failures());
    }

    @Override
    public int status() {
        return 200;
    }
}
