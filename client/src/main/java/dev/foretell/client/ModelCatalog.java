package dev.foretell.client;

import com.fasterxml.jackson.databind.JavaType;
import dev.foretell.client.model.ModelMetadata;
import dev.foretell.client.model.ModelStatus;
import dev.foretell.client.model.RegisteredModel;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What routers know of their models. Thread-safe. */
public final class ModelCatalog {
    private final Connection connection;
    private final ResultReader results;
    private final Duration timeout;

    ModelCatalog(Connection connection, ResultReader results, Duration timeout) {
        this.connection = connection;
        this.results = results;
        this.timeout = timeout;
    }

    /** Everything that can be called: functions, registered models with an entry per version, and ensembles. */
    public List<ModelStatus> models() {
        return Waiting.on(modelsAsync(), "");
    }

    public CompletableFuture<List<ModelStatus>> modelsAsync() {
        return ask("POST", "/v2/repository/index", listOf(ModelStatus.class));
    }

    /** The inputs and outputs of a model, function or ensemble, named as {@link PredictCall} says. */
    public ModelMetadata metadata(String model) {
        return Waiting.on(metadataAsync(model), "");
    }

    public CompletableFuture<ModelMetadata> metadataAsync(String model) {
        return ask("GET", ModelAddress.of(model).metadataPath(), type(ModelMetadata.class));
    }

    /** The models that were uploaded or trained, with their versions. */
    public List<RegisteredModel> registered() {
        return Waiting.on(registeredAsync(), "");
    }

    public CompletableFuture<List<RegisteredModel>> registeredAsync() {
        JavaType byName = results.mapper()
                .getTypeFactory()
                .constructMapType(Map.class, type(String.class), listOf(RegisteredModel.class));
        CompletableFuture<Map<String, List<RegisteredModel>>> models = ask("GET", "/v1/models", byName);
        return Waiting.then(models, all -> all.getOrDefault("models", List.of()));
    }

    private JavaType type(Class<?> type) {
        return results.mapper().constructType(type);
    }

    private JavaType listOf(Class<?> type) {
        return results.mapper().getTypeFactory().constructCollectionType(List.class, type);
    }

    private <T> CompletableFuture<T> ask(String method, String path, JavaType type) {
        Outgoing request = new Outgoing(method, path, BodyPublishers.noBody(), Map.of(), true, timeout);
        return Waiting.then(
                Attempts.send(connection, request, head -> new BoundedBody(results.maxBytes(), request.requestId())),
                response -> results.body(response, type, request.requestId()));
    }
}
