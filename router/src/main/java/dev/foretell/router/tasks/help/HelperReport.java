package dev.foretell.router.tasks.help;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a helper says of its trials. Those that it neither works on nor has ended are free for others.
 *
 * @param software what it is, by name and version: the search's trainer must be the same
 * @param places how many trials it can try at once; 0 where it stops
 * @param working the tokens of the trials that it works on, by number
 */
public record HelperReport(String trainer, String software, int places, Map<Integer, Long> working, List<Ended> ended) {
    /** A trial that it has ended. */
    public record Ended(int number, long token, JsonNode outcome) {}

    public HelperReport {
        working = Map.copyOf(working);
        ended = List.copyOf(ended);
    }

    boolean isWorkingOn(OfferedTrial trial) {
        Long token = working.get(trial.number());
        return token != null && trial.isOf(trainer, token);
    }

    /** What it tells of a trial that it still has. */
    Optional<JsonNode> outcome(OfferedTrial trial) {
        return ended.stream()
                .filter(one -> one.number() == trial.number() && trial.isOf(trainer, one.token()))
                .map(Ended::outcome)
                .findFirst();
    }
}
