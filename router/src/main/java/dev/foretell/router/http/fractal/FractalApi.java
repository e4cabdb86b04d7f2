package dev.foretell.router.http.fractal;

import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.http.edge.AccessLog;
import dev.foretell.router.http.edge.ProblemHandler;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.RouteSupport;
import dev.foretell.router.http.tasks.TaskServices;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.files.ModelFiles;
import dev.foretell.router.models.files.Uploads;
import dev.foretell.router.predict.PredictService;
import io.vertx.core.http.HttpMethod;

/**
 * The URLs of Fractal's ML Server: the router is its inferrer, and workers are its model hosts. A thin layer over the
 * router's own models, uploads and calls. Each event loop has one.
 */
public final class FractalApi implements RouteGroup {
    private static final String MODELS = "/api/v1/models";
    private static final String MODEL = MODELS + "/:name";

    private final ModelsApi models;
    private final FilesApi files;
    private final PredictionApi predictions;
    private final HostEcho echo;
    private final TrainApi training;

    /** What it does with registered models: finds them, sends and takes in their files, has a version serve. */
    public record Models(ModelRegistry registry, ModelFiles files, Uploads uploads, Promotion promotion) {}

    public FractalApi(
            Models with,
            EnsembleRegistry ensembles,
            TaskServices tasks,
            PredictService answers,
            AccessLog log,
            RouteSupport support) {
        Catalogue catalogue = new Catalogue(with.registry(), ensembles);
        this.models = new ModelsApi(catalogue, with.promotion());
        this.files = new FilesApi(catalogue, with.files(), with.uploads(), with.promotion(), answers);
        this.predictions = new PredictionApi(catalogue, answers, log, support);
        this.echo = new HostEcho(answers);
        this.training = new TrainApi(tasks);
    }

    @Override
    public void addTo(Routes routes) {
        routes.failures("/api/", new ProblemHandler(new FractalErrors())::answer);
        routes.always("/", Welcome::greet);
        routes.always("/help", Welcome::help);
        routes.state(HttpMethod.POST, "/api/test/sendtomodelhost", echo::send);
        routes.state(HttpMethod.GET, MODELS, models::list);
        routes.state(HttpMethod.GET, MODELS + "/information", models::information);
        routes.state(HttpMethod.GET, MODEL, models::one);
        routes.change(HttpMethod.POST, MODEL, models::describe);
        routes.change(HttpMethod.PUT, MODEL, files::upload);
        routes.change(HttpMethod.DELETE, MODEL, files::delete);
        routes.state(HttpMethod.GET, MODEL + "/download", files::download);
        routes.change(HttpMethod.POST, "/api/v1/train/:tag/:name", training::train);
        routes.open(HttpMethod.GET, MODEL + "/prediction", predictions::predict);
        routes.open(HttpMethod.POST, MODEL + "/prediction", predictions::predict);
    }
}
