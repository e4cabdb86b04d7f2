package dev.foretell.router.http.models;

import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.TrafficPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/** How registered models are shown. */
final class ModelView {
    private ModelView() {}

    static Map<String, Object> of(RegisteredModel model) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", model.name());
        shown.put("type", model.type());
        shown.put("description", model.description());
        shown.put("labels", model.labels());
        shown.put("replicas", model.replicas());
        shown.put("loaded", model.withLoaded());
        shown.put("aliases", model.aliases());
        shown.put("traffic", of(model.traffic()));
        shown.put(
                "versions",
                model.versions().values().stream()
                        .map(version -> of(model, version))
                        .toList());
        return shown;
    }

    static Map<String, Object> of(TrafficPlan plan) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("weights", plan.weights());
        if (plan.canary() != null) {
            shown.put("canary", plan.canary());
        }
        if (plan.shadow() != null) {
            shown.put("shadow", plan.shadow());
        }
        if (plan.note() != null) {
            shown.put("note", plan.note());
        }
        return shown;
    }

    static Map<String, Object> of(RegisteredModel model, ModelVersion version) {
        int weight = model.traffic().weights().getOrDefault(version.number(), 0);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("version", version.number());
        shown.put("state", weight > 0 ? "SERVING" : "STAGED");
        shown.put("weight", weight);
        shown.put("digest", version.digest());
        shown.put("bytes", version.bytes());
        if (version.memory() > 0) {
            shown.put("memory", version.memory());
        }
        shown.put("runtime", version.runtime());
        shown.put("inputs", version.inputs());
        shown.put("outputs", version.outputs());
        shown.put("metadata", version.metadata());
        shown.put("provenance", version.provenance());
        shown.put("created_ms", version.createdMs());
        shown.put("url", "/v2/models/" + model.name() + "/versions/" + version.number() + "/infer");
        return shown;
    }
}
