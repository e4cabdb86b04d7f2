package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.tasks.TaskData;
import dev.foretell.router.tasks.help.OfferedTrial;
import dev.foretell.router.tasks.help.SearchHelp;
import dev.foretell.router.tasks.help.TrialLease;
import java.util.List;

/**
 * A search, and those of its trials that a helper has, for that helper.
 *
 * @param fence of the trainer that has the search
 */
record HelpView(
        String id,
        long fence,
        JsonNode parameters,
        TaskData data,
        TaskView.Limits limits,
        @JsonProperty("lease_ms") long leaseMs,
        List<Trial> trials) {
    /** @param token to name with the trial's scores */
    record Trial(int trial, long token, JsonNode work) {}

    static HelpView of(SearchHelp.Helped helped, long leaseMs) {
        TaskView task = TaskView.of(helped.task());
        return new HelpView(
                task.id(),
                helped.offer().fence(),
                task.order().parameters(),
                task.order().data(),
                task.order().limits(),
                leaseMs,
                helped.trials().stream().map(HelpView::trial).toList());
    }

    private static Trial trial(OfferedTrial trial) {
        TrialLease lease = trial.lease();
        return new Trial(trial.number(), lease == null ? 0 : lease.token(), trial.work());
    }
}
