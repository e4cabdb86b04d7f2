package dev.foretell.router.http.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.foretell.router.models.TrafficPlan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The distribution of a model's calls over its versions; omits the parts that the plan does not have. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlanView(
        Map<Integer, Integer> weights,
        TrafficPlan.@Nullable Canary canary,
        TrafficPlan.@Nullable Shadow shadow,
        @Nullable String note) {
    static PlanView of(TrafficPlan plan) {
        return new PlanView(plan.weights(), plan.canary(), plan.shadow(), plan.note());
    }
}
