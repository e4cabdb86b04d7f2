package dev.foretell.router.http.fractal;

import dev.foretell.router.http.HttpConfig;
import dev.foretell.router.http.ProblemHandler;
import dev.foretell.router.http.RouteGroup;
import dev.foretell.router.models.ModelFiles;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.Uploads;
import dev.foretell.router.predict.Answers;
import io.vertx.core.http.HttpMethod;

/**
 * The URLs of Fractal's ML Server: the router is its inferrer, workers are its model hosts. A thin dialect: models, uploads and
 * calls are the router's own. Each event loop has one.
 */
public final class FractalApi implements RouteGroup {
    private static final String MODELS = "/api/v1/models";
    private static final String MODEL = MODELS + "/:name";

    private final ModelsApi models;
    private final FilesApi files;
    private final PredictionApi predictions;
    private final HostEcho echo;

    public FractalApi(
            ModelRegistry registry,
            ModelFiles files,
            Uploads uploads,
            Promotion promotion,
            Answers answers,
            HttpConfig config) {
        Catalogue catalogue = new Catalogue(registry);
        this.models = new ModelsApi(catalogue, promotion);
        this.files = new FilesApi(catalogue, files, uploads, promotion, answers);
        this.predictions = new PredictionApi(catalogue, answers, config);
        this.echo = new HostEcho(answers);
    }

    @Override
    public void addTo(Routes routes) {
        routes.failures("/api/", new ProblemHandler(new FractalErrors())::answer);
        routes.always("/", Welcome::greet);
        routes.always("/help", Welcome::help);
        routes.call(HttpMethod.POST, "/api/test/sendtomodelhost", echo::send);
        routes.read(MODELS, models::list);
        routes.read(MODELS + "/information", models::information);
        routes.read(MODEL, models::one);
        routes.write(HttpMethod.POST, MODEL, models::describe);
        routes.write(HttpMethod.PUT, MODEL, files::upload);
        routes.write(HttpMethod.DELETE, MODEL, files::delete);
        routes.read(MODEL + "/download", files::download);
        routes.call(HttpMethod.HEAD, MODEL + "/download", files::download);
        routes.call(HttpMethod.GET, MODEL + "/prediction", predictions::predict);
        routes.call(HttpMethod.POST, MODEL + "/prediction", predictions::predict);
    }
}
