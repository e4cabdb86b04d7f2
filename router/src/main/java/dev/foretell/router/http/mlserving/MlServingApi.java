package dev.foretell.router.http.mlserving;

import dev.foretell.router.http.edge.AccessLog;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.RouteSupport;
import dev.foretell.router.http.tasks.TaskServices;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.predict.PredictService;
import io.vertx.core.http.HttpMethod;

/**
 * {@code /train_decision_tree} and {@code /serve_decision_tree}: the URLs of ml_serving_app, for each algorithm that tells classes
 * apart. Each training is a task that makes a version of a registered model, and each version has a URL of its own. Each event loop
 * has one.
 */
public final class MlServingApi implements RouteGroup {
    /** Where versions have their URLs. */
    static final String VERSIONS = "/models/serve/";

    private static final String TRAIN = "/train_:classifier";
    private static final String SERVE = "/serve_:classifier";
    private static final String VERSION = VERSIONS + ":name/:version";

    private final TrainingApi training;
    private final ServingApi serving;

    public MlServingApi(
            TaskServices tasks, ModelRegistry models, PredictService answers, AccessLog log, RouteSupport support) {
        this.training = new TrainingApi(tasks, new HostCheck(answers));
        this.serving = new ServingApi(models, answers, log, support);
    }

    @Override
    public void addTo(Routes routes) {
        routes.change(HttpMethod.GET, TRAIN, training::train);
        routes.change(HttpMethod.POST, TRAIN, training::train);
        routes.open(HttpMethod.GET, SERVE, serving::predict);
        routes.open(HttpMethod.POST, SERVE, serving::predict);
        routes.open(HttpMethod.GET, VERSION, serving::predictByVersion);
        routes.open(HttpMethod.POST, VERSION, serving::predictByVersion);
    }
}
