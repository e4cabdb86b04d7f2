package dev.foretell.router.http.models;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.router.models.RegisteredModel;
import java.util.List;
import java.util.Map;

/** A registered model in the response of {@code GET /v1/models}. */
record ModelView(
        @JsonUnwrapped Description about,
        int replicas,
        boolean loaded,
        Map<String, Integer> aliases,
        PlanView traffic,
        List<VersionView> versions) {
    /** The description by its owner. */
    record Description(String name, String type, String description, Map<String, String> labels) {}

    static ModelView of(RegisteredModel model) {
        return new ModelView(
                new Description(
                        model.name(),
                        model.type(),
                        model.about().description(),
                        model.about().labels()),
                model.deployment().replicas(),
                model.servesCalls(),
                model.aliases(),
                PlanView.of(model.traffic()),
                model.versions().values().stream()
                        .map(version -> VersionView.of(model, version))
                        .toList());
    }
}
