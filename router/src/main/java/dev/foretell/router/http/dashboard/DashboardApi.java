package dev.foretell.router.http.dashboard;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.ensemble.call.LiveEnsembles;
import dev.foretell.router.history.Span;
import dev.foretell.router.http.admin.WorkerViews;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.traffic.VersionTraffic;
import dev.foretell.router.overview.Observer;
import dev.foretell.router.upstream.measure.CallTally;
import dev.foretell.router.upstream.pool.EndpointPools;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/dashboard}: the state of the router for its dashboard, without the events. */
public final class DashboardApi implements RouteGroup {
    static final String DASHBOARD = "/v1/dashboard";
    private static final String[] PAGE = {"search", "page", "size"};

    /** What the dashboard shows. */
    public record Sources(
            EndpointPools pools,
            ModelRegistry models,
            EnsembleRegistry ensembles,
            LiveEnsembles calls,
            VersionTraffic traffic,
            WorkerViews workers) {}

    private final Sources sources;
    private final Observer observer;
    private final BackgroundWork work;
    private final ModelItems models;
    private final WorkerItems workers;

    public DashboardApi(Sources sources, Observer observer, BackgroundWork work) {
        this.sources = sources;
        this.observer = observer;
        this.work = work;
        this.models = new ModelItems(sources.pools(), sources.models(), sources.ensembles(), observer);
        this.workers = new WorkerItems(sources.pools(), sources.workers(), observer);
    }

    @Override
    public void addTo(Routes routes) {
        routes.state(HttpMethod.GET, DASHBOARD + "/overview", this::overview);
        routes.state(HttpMethod.GET, DASHBOARD + "/history", this::history, "span", "model");
        routes.state(HttpMethod.GET, DASHBOARD + "/models", this::listModels, PAGE);
        routes.state(HttpMethod.GET, DASHBOARD + "/models/:type/:model", this::showModel);
        routes.state(HttpMethod.GET, DASHBOARD + "/workers", this::listWorkers, PAGE);
    }

    private Future<Object> overview(RoutingContext ctx) {
        return Future.succeededFuture(OverviewView.of(observer.now(), Role.of(ctx)));
    }

    private Future<Object> history(RoutingContext ctx) {
        MultiMap query = ctx.queryParams();
        Span span = span(query.get("span"));
        String model = model(query.get("model"));
        return work.run(() -> observer.history().view(span, model, observer.second()));
    }

    private static Span span(@Nullable String text) {
        return text == null
                ? Span.TEN_MINUTES
                : Span.of(text)
                        .orElseThrow(() ->
                                new ServingException(FailureKind.INVALID_INPUT, "span must be one of " + Span.names()));
    }

    private @Nullable String model(@Nullable String text) {
        return text == null || text.isEmpty() ? null : require(text).toString();
    }

    /** @throws ServingException {@link FailureKind#INVALID_INPUT} or {@link FailureKind#MODEL_NOT_FOUND} */
    private ModelKey require(String text) {
        ModelKey key;
        try {
            key = ModelKey.parse(text).base();
        } catch (IllegalArgumentException e) {
            throw new ServingException(FailureKind.INVALID_INPUT, "model must be a type and a name, like AI/fib", e);
        }
        if (models.find(key).isEmpty()) {
            throw new ServingException(
                    FailureKind.MODEL_NOT_FOUND, "there is no model " + NearestNames.abbreviate(key.toString()));
        }
        return key;
    }

    private Future<Object> listModels(RoutingContext ctx) {
        Page page = page(ctx);
        return work.run(() -> models.list(page));
    }

    private Future<Object> listWorkers(RoutingContext ctx) {
        Page page = page(ctx);
        return work.run(() -> workers.list(page));
    }

    private static Page page(RoutingContext ctx) {
        return Page.of(ctx.queryParams());
    }

    private Future<Object> showModel(RoutingContext ctx) {
        ModelKey key = require(ctx.pathParam("type") + "/" + ctx.pathParam("model"));
        return work.run(() -> details(key));
    }

    private ModelDetails details(ModelKey key) {
        ModelItem summary = models.find(key)
                .orElseThrow(() -> new ServingException(FailureKind.MODEL_NOT_FOUND, key + " has just been removed"));
        List<CallTally> tallies = tallies(key);
        return new ModelDetails(
                summary,
                ModelDetails.outcomes(tallies),
                ModelDetails.Latency.of(tallies),
                workers.of(key),
                models.registered(key)
                        .map(model -> new ModelDetails.Traffic(
                                sources.traffic().calls(model),
                                sources.traffic().shadowFigures(model).orElse(null)))
                        .orElse(null));
    }

    private List<CallTally> tallies(ModelKey key) {
        List<CallTally> tallies = new ArrayList<>();
        sources.pools().ofType(key.type()).values().stream()
                .filter(pool -> pool.model().base().equals(key))
                .forEach(pool -> tallies.add(pool.tally().calls()));
        sources.calls().all().stream()
                .filter(ensemble -> ensemble.key().equals(key))
                .forEach(ensemble -> tallies.add(ensemble.tally()));
        return tallies;
    }
}
