package dev.foretell.router;

import dev.foretell.edge.OpenConnections;
import dev.foretell.router.http.RouterApi;
import dev.foretell.router.http.RouterServer;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.Predictor;
import dev.foretell.router.upstream.AnswerMemory;
import dev.foretell.router.upstream.WorkerClient;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** One event loop that serves clients: its server, its predictor, and its own connections to the workers. */
final class EventLoop extends VerticleBase {
    private final LiveSettings settings;
    private final RouterApi api;
    private final PredictPath path;
    private final OpenConnections connections;
    private final AnswerMemory answers;
    private final int onPort;
    private final Listening listening;

    /** What it has of its own. */
    record Loop(Context context, WorkerClient workers, Predictor predictor, Deadlines deadlines, RouterServer server) {}

    /** Told when it listens. */
    interface Listening {
        void at(int port, Loop loop);
    }

    /**
     * @param connections open over all event loops
     * @param answers on their way over all event loops
     */
    EventLoop(
            LiveSettings settings,
            RouterApi api,
            PredictPath path,
            OpenConnections connections,
            AnswerMemory answers,
            int onPort,
            Listening listening) {
        this.settings = settings;
        this.api = api;
        this.path = path;
        this.connections = connections;
        this.answers = answers;
        this.onPort = onPort;
        this.listening = listening;
    }

    @Override
    public Future<?> start() {
        RouterConfig config = settings.current();
        WorkerClient workers = new WorkerClient(vertx, config.upstream(), answers, System::nanoTime);
        path.pools().onEndpoints(joined -> {}, left -> context.runOnContext(v -> workers.forget(left)));
        Predictor predictor = path.predictor(workers, config.batch(), this::after);
        Deadlines deadlines = new Deadlines(vertx, config.deadline(), System::nanoTime);
        RouterServer server = new RouterServer(vertx, api, path.answers(predictor, deadlines), deadlines, connections);
        return server.listen(onPort)
                .onSuccess(actual -> listening.at(actual, new Loop(context, workers, predictor, deadlines, server)));
    }

    private void after(long millis, Runnable action) {
        vertx.setTimer(millis, timer -> action.run());
    }
}
