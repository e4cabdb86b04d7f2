package dev.foretell.router.http.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.traffic.ShadowFigures;
import dev.foretell.router.models.traffic.VersionCalls;
import dev.foretell.router.models.traffic.VersionTraffic;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's plan and its figures at this router, for {@code GET /v1/models/NAME/traffic}.
 *
 * @param versions by number
 * @param shadowed omitted if the plan has no shadow
 */
record TrafficView(
        @JsonUnwrapped PlanView plan,
        Map<Integer, VersionCalls> versions,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ShadowFigures shadowed) {
    static TrafficView of(RegisteredModel model, VersionTraffic traffic) {
        return new TrafficView(
                PlanView.of(model.traffic()),
                traffic.calls(model),
                traffic.shadowFigures(model).orElse(null));
    }
}
