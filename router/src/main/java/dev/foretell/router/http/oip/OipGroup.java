package dev.foretell.router.http.oip;

import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.http.edge.DirectCall;
import dev.foretell.router.http.edge.ProblemHandler;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.RouteSupport;
import dev.foretell.router.http.oip.model.OipModels;
import dev.foretell.router.models.ModelRegistry;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/** {@code /v2}: all URLs of the protocol. Each event loop has one. */
public final class OipGroup implements RouteGroup {
    private static final String MODEL = "/v2/models/:model";
    private static final String VERSION = MODEL + "/versions/:version";

    private final ServerApi server;
    private final ModelApi models;
    private final InferApi infer;
    private final RepositoryApi repository;
    private final StatisticsApi statistics;

    private OipGroup(
            ServerApi server, ModelApi models, InferApi infer, RepositoryApi repository, StatisticsApi statistics) {
        this.server = server;
        this.models = models;
        this.infer = infer;
        this.repository = repository;
        this.statistics = statistics;
    }

    /** Creates the group for each event loop. */
    public static RouteGroup.Factory of(
            ModelRegistry registry, EnsembleRegistry ensembles, Statistics statistics, RouteSupport support) {
        OipModels models = new OipModels(registry, ensembles, statistics.pools());
        return (vertx, answers, log) -> new OipGroup(
                new ServerApi(models, support.readiness()),
                new ModelApi(models),
                new InferApi(models, answers, log, support),
                new RepositoryApi(vertx, models, registry, support.config(), support.work()),
                new StatisticsApi(models, statistics, support.work()));
    }

    @Override
    public List<DirectCall> direct() {
        return List.of(infer);
    }

    @Override
    public void addTo(Routes routes) {
        routes.failures("/v2", new ProblemHandler(new OipErrors())::answer);
        routes.always("/v2", server::metadata);
        routes.always("/v2/health/live", server::live);
        routes.always("/v2/health/ready", server::ready);
        routes.open(HttpMethod.GET, "/v2/models/stats", statistics::all);
        for (String model : List.of(MODEL, VERSION)) {
            routes.open(HttpMethod.GET, model, models::metadata);
            routes.open(HttpMethod.GET, model + "/ready", models::ready);
            routes.open(HttpMethod.GET, model + "/config", models::config);
            routes.open(HttpMethod.GET, model + "/stats", statistics::one);
            routes.open(HttpMethod.POST, model + "/infer", infer::infer);
        }
        routes.state(HttpMethod.POST, "/v2/repository/index", repository::index);
        routes.change(HttpMethod.POST, "/v2/repository/models/:model/load", repository::load);
        routes.change(HttpMethod.POST, "/v2/repository/models/:model/unload", repository::unload);
        routes.state(HttpMethod.POST, "/v2/repository/:repository/index", repository::other);
        routes.change(HttpMethod.POST, "/v2/repository/:repository/models/:model/load", repository::other);
        routes.change(HttpMethod.POST, "/v2/repository/:repository/models/:model/unload", repository::other);
    }
}
