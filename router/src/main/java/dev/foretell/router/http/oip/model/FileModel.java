package dev.foretell.router.http.oip.model;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPools;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A registered model.
 *
 * @param version the requested version, or else the one with the most calls
 * @param modelId the model id of the calls: {@code iris} if the traffic plan decides, otherwise {@code iris:2}
 */
public record FileModel(RegisteredModel model, ModelVersion version, String modelId, EndpointPools pools)
        implements OipModel {
    /** The version with the most calls; the newest one if there are no calls. */
    static FileModel ofTraffic(RegisteredModel model, EndpointPools pools) {
        ModelVersion most = model.traffic().weights().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .map(model.versions()::get)
                .orElseGet(() -> newest(model));
        return new FileModel(model, most, model.name(), pools);
    }

    private static ModelVersion newest(RegisteredModel model) {
        return model.versions().values().stream()
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new ServingException(
                        FailureKind.MODEL_NOT_FOUND, "model '" + model.name() + "' has no version yet"));
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Optional<String> versionName() {
        return Optional.of(Integer.toString(version.number()));
    }

    @Override
    public List<String> versions() {
        return model.versions().keySet().stream().map(String::valueOf).toList();
    }

    @Override
    public String platform() {
        String runtime = version.file().runtime();
        return runtime.equals("onnx") ? "onnx_onnxv1" : runtime;
    }

    @Override
    public List<TensorSpec> inputs() {
        return version.inputs();
    }

    @Override
    public List<TensorSpec> outputs() {
        return version.outputs();
    }

    /** If the traffic plan decides, every version with calls must be ready. */
    @Override
    public boolean isReady() {
        if (!isWhole()) {
            return isReady(version.number());
        }
        Map<Integer, Integer> weights = model.traffic().weights();
        return !weights.isEmpty()
                && weights.entrySet().stream()
                        .filter(weight -> weight.getValue() > 0)
                        .allMatch(weight -> isReady(weight.getKey()));
    }

    /** Whether the traffic plan decides which version responds. */
    public boolean isWhole() {
        return modelId.equals(model.name());
    }

    private boolean isReady(int number) {
        return model.servesCalls()
                && pools.find(model.key().version(number))
                        .filter(pool -> pool.endpoints().stream().anyMatch(Endpoint::isRoutable))
                        .isPresent();
    }

    @Override
    public ModelKey key() {
        return model.key().version(version.number());
    }
}
