package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.util.StringJoiner;

/** Workers as members of ensembles, and ensembles of them. */
final class EnsembleStage {
    private EnsembleStage() {}

    /** Makes these the only models, of type AI: {@code fib}, which can be asked how many calls it has, {@code b}, {@code c} … */
    static void serve(LiveRouter router, FakeWorker... workers) {
        StringJoiner map = new StringJoiner(",");
        for (int i = 0; i < workers.length; i++) {
            map.add("\"" + (i == 0 ? "fib" : (char) ('a' + i)) + "\":[" + workers[i].entry() + "]");
        }
        router.replace("{\"AI\":{" + map + "}}");
    }

    static FakeWorker answering(LiveRouter router, String body) {
        return router.worker(call -> call.answer(200, body));
    }

    static FakeWorker hung(LiveRouter router) {
        return router.worker(FakeWorker.Call::awaitHangUp);
    }

    static Answer put(LiveRouter router, String name, String recipe) {
        Answer put = router.put("/v1/ensembles/" + name, recipe);
        assertThat(put.status()).as(put.body()).isEqualTo(200);
        return put;
    }

    static Answer predict(LiveRouter router, String name, String... headers) {
        return router.predictBody("{\"modelId\":\"" + name + "\",\"data\":{\"n\":2}}", headers);
    }
}
