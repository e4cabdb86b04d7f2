package dev.foretell.router.http.oip.model;

import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.ensemble.EnsembleCheck;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.ensemble.ModelTensors;
import dev.foretell.router.models.ClassLabels;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.upstream.pool.EndpointPools;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What models take and give, as their metadata at {@code /v2} says. Thread-safe. */
public final class KnownTensors implements EnsembleCheck.KnownModels {
    private final OipModels models;
    private final ClassLabels labels;

    public KnownTensors(ModelRegistry registry, EnsembleRegistry ensembles, EndpointPools pools, ClassLabels labels) {
        this.labels = labels;
        this.models = new OipModels(registry, ensembles, pools);
    }

    @Override
    public boolean has(String id) {
        return models.has(id);
    }

    @Override
    public ModelTensors find(String id) {
        OipModel model = models.find(id, null);
        return new ModelTensors(model.inputs(), outputs(model), form(model), classes(model));
    }

    /** Of an object, a field that is one value has no dimension, though its tensor has one for the rows. */
    private static List<TensorSpec> outputs(OipModel model) {
        return model instanceof ArgumentsModel function && form(model) == ModelTensors.Form.FIELDS
                ? model.outputs().stream()
                        .map(output -> function.signature().single().contains(output.name())
                                ? new TensorSpec(output.name(), output.datatype(), List.of())
                                : output)
                        .toList()
                : model.outputs();
    }

    private static ModelTensors.Form form(OipModel model) {
        if (model instanceof FileModel) {
            return ModelTensors.Form.ROWS;
        }
        List<TensorSpec> outputs = model.outputs();
        boolean isValue = outputs.size() == 1 && outputs.get(0).name().equals(FunctionSignature.RESULT);
        return isValue ? ModelTensors.Form.VALUE : ModelTensors.Form.FIELDS;
    }

    private Map<String, List<String>> classes(OipModel model) {
        Map<String, List<String>> classes = new HashMap<>();
        for (TensorSpec output : model.outputs()) {
            List<String> names = model instanceof FileModel file ? labels.of(file.version(), output.name()) : List.of();
            if (!names.isEmpty()) {
                classes.put(output.name(), names);
            }
        }
        return classes;
    }
}
