package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.tasks.help.OfferedTrial;
import dev.foretell.router.tasks.help.SearchOffer;
import dev.foretell.router.tasks.help.TrialLease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What helpers did with the trials that a search offers, for its trainer.
 *
 * @param helping the places of all helpers
 * @param trials that a helper has or has ended
 */
record OfferView(int helping, List<Trial> trials) {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Trial(int trial, String trainer, @Nullable JsonNode outcome) {}

    static OfferView of(SearchOffer offer, long now) {
        return new OfferView(
                offer.helping(now),
                offer.trials().stream()
                        .filter(trial -> trial.hasEnded() || trial.isLent(now))
                        .map(OfferView::trial)
                        .toList());
    }

    private static Trial trial(OfferedTrial trial) {
        TrialLease lease = trial.lease();
        return new Trial(trial.number(), lease == null ? "" : lease.trainer(), trial.outcome());
    }
}
