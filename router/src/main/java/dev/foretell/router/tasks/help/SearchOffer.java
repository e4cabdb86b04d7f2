package dev.foretell.router.tasks.help;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The trials of a running search that other trainers may try, at one moment: each step returns the next state. Immutable.
 *
 * @param fence of the trainer that has the search
 * @param trainer that has the search
 * @param software what that trainer is; helpers must be the same, or their scores might differ
 * @param tokens the last token that a lease had
 * @param trials in the order in which they are needed
 * @param helpers by name
 * @param step the number of steps of this trainer's offer
 */
public record SearchOffer(
        String task,
        long fence,
        String trainer,
        String software,
        long tokens,
        List<OfferedTrial> trials,
        Map<String, Helper> helpers,
        long step) {
    /** The most places of helpers that a search may have at once. */
    public static final int MAX_HELPING = 64;

    /**
     * A trainer that helps.
     *
     * @param places how many trials it may try at once; those of all helpers are at most {@link #MAX_HELPING}
     * @param until when it is forgotten unless it is heard of, in milliseconds since 1970
     */
    public record Helper(int places, long until) {}

    public SearchOffer {
        trials = List.copyOf(trials);
        helpers = Map.copyOf(helpers);
    }

    /** Nothing is offered yet. */
    public static SearchOffer of(String task, long fence, String trainer, String software) {
        return new SearchOffer(task, fence, trainer, software, 0, List.of(), Map.of(), 0);
    }

    /** No two offers of one task have the same. */
    public String version() {
        return fence + "." + step;
    }

    private SearchOffer to(long last, List<OfferedTrial> next, Map<String, Helper> known) {
        return new SearchOffer(task, fence, trainer, software, last, next, known, step + 1);
    }

    /** Whether the trainer of that offer, which has the search, made this one too. */
    boolean isOfSameTrainer(SearchOffer other) {
        return fence == other.fence && software.equals(other.software);
    }

    /** Whether this helper may have trials of it. */
    boolean isFor(HelperReport helper) {
        return software.equals(helper.software()) && !trainer.equals(helper.trainer());
    }

    /** Offers these and no others; what helpers did with them stays. */
    SearchOffer offer(List<OfferedTrial> offered, long now, long leaseMs) {
        Map<Integer, OfferedTrial> known = new HashMap<>();
        trials.forEach(trial -> known.put(trial.number(), trial.endingBy(now + leaseMs)));
        return to(
                tokens,
                offered.stream()
                        .map(trial -> known.getOrDefault(trial.number(), trial))
                        .toList(),
                present(now, now + leaseMs));
    }

    /** Takes a helper's outcomes, and lends it trials for as many places as it has left. */
    SearchOffer hear(HelperReport report, long now, long leaseMs) {
        Map<String, Helper> known = present(now, now + leaseMs);
        known.remove(report.trainer());
        int allowed = Math.min(report.places(), Math.max(0, MAX_HELPING - places(known)));
        // Who gets no place is not remembered, or helpers that come and go would fill the offer.
        if (allowed > 0) {
            known.put(report.trainer(), new Helper(allowed, now + leaseMs));
        }
        List<OfferedTrial> next = new ArrayList<>();
        long last = tokens;
        long left = allowed
                - trials.stream().filter(trial -> report.isWorkingOn(trial)).count();
        for (OfferedTrial trial : trials) {
            OfferedTrial told = settle(trial, report, now + leaseMs);
            if (left > 0 && told.isOpen(now)) {
                told = told.lease(new TrialLease(report.trainer(), ++last, now + leaseMs));
                left--;
            }
            next.add(told);
        }
        return to(last, next, known);
    }

    private static OfferedTrial settle(OfferedTrial trial, HelperReport report, long until) {
        TrialLease lease = trial.lease();
        if (lease == null || !trial.isOf(report.trainer())) {
            return trial.endingBy(until);
        }
        Optional<JsonNode> outcome = report.outcome(trial);
        if (outcome.isPresent()) {
            return trial.end(outcome.get());
        }
        return trial.lease(report.isWorkingOn(trial) ? new TrialLease(lease.trainer(), lease.token(), until) : null);
    }

    /** The helpers that are there. None is that is to be forgotten later than at the latest: the clock was set back meanwhile. */
    private Map<String, Helper> present(long now, long latest) {
        Map<String, Helper> present = new HashMap<>(helpers);
        present.values().removeIf(helper -> helper.until() <= now || helper.until() > latest);
        return present;
    }

    private static int places(Map<String, Helper> helpers) {
        return helpers.values().stream().mapToInt(Helper::places).sum();
    }

    /** How many outcomes of a report count: each once, and only from the helper that still has the trial. */
    long counted(HelperReport report) {
        return trials.stream()
                .filter(trial -> report.outcome(trial).isPresent())
                .count();
    }

    /** The trials that this helper has. */
    public List<OfferedTrial> of(String helper) {
        return trials.stream().filter(trial -> trial.isOf(helper)).toList();
    }

    /** The places of the helpers that are there now, at most {@link #MAX_HELPING}. */
    public int helping(long now) {
        return helpers.values().stream()
                .filter(helper -> helper.until() > now)
                .mapToInt(Helper::places)
                .sum();
    }

    /** The places of all helpers that were heard of. */
    public int places() {
        return places(helpers);
    }

    /** How many trials nobody has. */
    public long open(long now) {
        return trials.stream().filter(trial -> trial.isOpen(now)).count();
    }
}
