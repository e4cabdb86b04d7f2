package dev.foretell.router;

import dev.foretell.commons.time.TimeoutWheel;
import dev.foretell.edge.OpenConnections;
import dev.foretell.router.http.RouterApi;
import dev.foretell.router.http.RouterServer;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.Predictor;
import dev.foretell.router.upstream.WorkerClient;
import dev.foretell.router.upstream.call.ResponseMemory;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** One event loop that serves clients, with its own server, predictor and connections to workers. */
final class EventLoop extends VerticleBase {
    private final LiveSettings settings;
    private final RouterApi api;
    private final PredictPath path;
    private final OpenConnections connections;
    private final ResponseMemory answers;
    private final Function<Loop, Future<?>> listen;

    /** The parts of one loop. */
    record Loop(Context context, WorkerClient workers, Predictor predictor, Deadlines deadlines, RouterServer server) {}

    /**
     * @param connections the open connections of all event loops
     * @param answers the responses in transit of all event loops
     * @param listen makes the loop's server listen
     */
    EventLoop(
            LiveSettings settings,
            RouterApi api,
            PredictPath path,
            OpenConnections connections,
            ResponseMemory answers,
            Function<Loop, Future<?>> listen) {
        this.settings = settings;
        this.api = api;
        this.path = path;
        this.connections = connections;
        this.answers = answers;
        this.listen = listen;
    }

    @Override
    public Future<?> start() {
        RouterConfig config = settings.current();
        WorkerClient workers = new WorkerClient(vertx, config.workers().upstream(), answers, System::nanoTime);
        path.pools().onEndpoints(joined -> {}, left -> context.runOnContext(v -> workers.forget(left)));
        TimeoutWheel wheel = new TimeoutWheel(this::after, System::nanoTime);
        Predictor predictor = path.predictor(workers, config.calls().batch(), this::after, wheel);
        Deadlines deadlines = new Deadlines(wheel, config.calls().deadline(), System::nanoTime);
        RouterServer server = new RouterServer(vertx, api, path.answers(predictor, deadlines), connections);
        Loop loop = new Loop(context, workers, predictor, deadlines, server);
        return listen.apply(loop).onSuccess(listening -> follow(loop));
    }

    private void follow(Loop loop) {
        onLoop("deadline", next -> loop.deadlines().adopt(next.calls().deadline()));
        onLoop("batch", next -> loop.predictor().adopt(next.calls().batch()));
        for (String key : List.of("upstream.max-connections", "upstream.max-waiting", "upstream.keep-alive")) {
            onLoop(key, next -> loop.workers().adopt(next.workers().upstream()));
        }
    }

    private void onLoop(String prefix, Consumer<RouterConfig> adopt) {
        settings.on(prefix, next -> context.runOnContext(v -> adopt.accept(next)));
    }

    private void after(long millis, Runnable action) {
        vertx.setTimer(millis, timer -> action.run());
    }
}
