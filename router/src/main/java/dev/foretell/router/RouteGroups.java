package dev.foretell.router;

import dev.foretell.router.http.HeavyWork;
import dev.foretell.router.http.HttpConfig;
import dev.foretell.router.http.MetricsApi;
import dev.foretell.router.http.Readiness;
import dev.foretell.router.http.RouteGroup;
import dev.foretell.router.http.fractal.FractalApi;
import dev.foretell.router.http.models.FilesApi;
import dev.foretell.router.http.models.ModelsApi;
import dev.foretell.router.http.models.TrafficApi;
import dev.foretell.router.http.oip.OipGroup;
import dev.foretell.router.http.oip.Statistics;
import dev.foretell.router.metrics.Metrics;
import java.util.List;

/** The URLs beyond those of routing: of metrics, of registered models, and of the dialects. A group, a line. */
final class RouteGroups {
    private RouteGroups() {}

    static List<RouteGroup.Factory> of(
            RegisteredModels all,
            Metrics metrics,
            Statistics statistics,
            Readiness readiness,
            HttpConfig config,
            HeavyWork work) {
        return List.of(
                (loop, answers, log) -> new MetricsApi(metrics, work),
                (loop, answers, log) -> new ModelsApi(all.registry(), all.uploads(), work),
                (loop, answers, log) -> new FilesApi(all.registry(), all.files(), all.uploads(), answers),
                (loop, answers, log) -> new TrafficApi(all.registry(), all.rollouts(), all.traffic()),
                (loop, answers, log) -> new FractalApi(
                        all.registry(),
                        all.files(),
                        all.uploads(),
                        (model, version) -> all.rollouts().promote(model, version, null),
                        answers,
                        log,
                        config,
                        work),
                OipGroup.of(all.registry(), statistics, readiness, config, work));
    }
}
