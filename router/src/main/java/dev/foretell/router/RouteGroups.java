package dev.foretell.router;

import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.http.admin.ConfigApi;
import dev.foretell.router.http.admin.CoreGroup;
import dev.foretell.router.http.admin.FunctionNames;
import dev.foretell.router.http.admin.HealthApi;
import dev.foretell.router.http.admin.MetricsApi;
import dev.foretell.router.http.admin.RegisteredWorkers;
import dev.foretell.router.http.admin.WorkerRegistration;
import dev.foretell.router.http.admin.WorkerViews;
import dev.foretell.router.http.admin.WorkersApi;
import dev.foretell.router.http.admin.WorkersMapApi;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.ensembles.EnsemblesApi;
import dev.foretell.router.http.experts.ExpertsApi;
import dev.foretell.router.http.fractal.FractalApi;
import dev.foretell.router.http.message.RouteSupport;
import dev.foretell.router.http.mlserving.MlServingApi;
import dev.foretell.router.http.models.FilesApi;
import dev.foretell.router.http.models.ModelsApi;
import dev.foretell.router.http.models.TrafficApi;
import dev.foretell.router.http.oip.OipGroup;
import dev.foretell.router.http.oip.Statistics;
import dev.foretell.router.http.reference.ReferenceApi;
import dev.foretell.router.http.tasks.SearchHelpApi;
import dev.foretell.router.http.tasks.TaskFilesApi;
import dev.foretell.router.http.tasks.TaskServices;
import dev.foretell.router.http.tasks.TasksApi;
import dev.foretell.router.http.tasks.TrainersApi;
import dev.foretell.router.http.turbowinner.TurboWinnerApi;
import dev.foretell.router.metrics.Metrics;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** All URLs of the router, one line per group: routing, metrics, registered models, tasks, ensembles, and the dialects. */
record RouteGroups(
        List<RouteGroup> core, Metrics metrics, Statistics statistics, Features features, RouteSupport support) {
    /** The features beside routing, each with its own URLs. */
    record Features(ModelServices models, TrainingTasks tasks, EnsembleServices ensembles) {}

    List<RouteGroup.Factory> all() {
        return Stream.concat(core.stream().map(RouteGroups::onEveryLoop), groups().stream())
                .toList();
    }

    private static RouteGroup.Factory onEveryLoop(RouteGroup group) {
        return (loop, answers, log) -> group;
    }

    private List<RouteGroup.Factory> groups() {
        ModelServices models = features.models();
        TaskServices tasks = features.tasks().services();
        EnsembleServices ensembles = features.ensembles();
        return List.of(
                (loop, answers, log) -> new MetricsApi(metrics, support.work()),
                (loop, answers, log) -> new ModelsApi(models.registry(), models.uploads(), support.work()),
                (loop, answers, log) ->
                        new FilesApi(models.registry(), models.storage().files(), models.uploads(), answers),
                (loop, answers, log) -> new TrafficApi(
                        models.registry(),
                        models.traffic().rollouts(),
                        models.traffic().versions()),
                (loop, answers, log) -> new TasksApi(tasks, support.work()),
                (loop, answers, log) -> new TaskFilesApi(tasks),
                (loop, answers, log) -> new TrainersApi(tasks, answers),
                (loop, answers, log) -> new SearchHelpApi(tasks),
                (loop, answers, log) -> new TurboWinnerApi(tasks),
                (loop, answers, log) -> new MlServingApi(tasks, models.registry(), answers, log, support),
                (loop, answers, log) ->
                        new EnsemblesApi(ensembles.registry(), ensembles.check(), ensembles.defaultType(), support),
                (loop, answers, log) -> new FractalApi(
                        new FractalApi.Models(
                                models.registry(), models.storage().files(), models.uploads(), this::promote),
                        ensembles.registry(),
                        tasks,
                        answers,
                        log,
                        support),
                OipGroup.of(models.registry(), ensembles.registry(), statistics, support));
    }

    private Future<?> promote(String model, int version) {
        return features.models().traffic().rollouts().promote(model, version, null);
    }

    /** The URLs of routing, their reference, and the experts', which are workers under other URLs. */
    static List<RouteGroup> core(
            Fleet fleet,
            WorkerViews views,
            FunctionNames names,
            RequestCounts counts,
            LiveSettings settings,
            RouteSupport support) {
        long startNanos = System.nanoTime();
        WorkerRegistration registration = new WorkerRegistration(
                fleet.tables(),
                fleet.leases(),
                names,
                new RegisteredWorkers(fleet.pools(), fleet.monitor()),
                support.work());
        CoreGroup core = new CoreGroup(
                new WorkersMapApi(registration, views, support),
                new WorkersApi(views, fleet.drainOrders(), support.work(), fleet::revision),
                new ConfigApi(settings),
                new HealthApi(
                        views,
                        counts,
                        support.readiness(),
                        () -> Duration.ofNanos(System.nanoTime() - startNanos).toSeconds(),
                        support.work()));
        return List.of(core, new ReferenceApi(support.work()), new ExpertsApi(registration, support.work()));
    }
}
