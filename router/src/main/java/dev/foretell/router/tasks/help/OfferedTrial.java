package dev.foretell.router.tasks.help;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A trial of a search that its trainer offers to others.
 *
 * @param number of the trial in its search
 * @param work what a helper is to try, in the words of trainers; routers do not read it
 * @param lease of the helper that has it or had it last; null before the first
 * @param outcome what the helper told, in the words of trainers; null until then
 */
public record OfferedTrial(
        int number,
        JsonNode work,
        @Nullable TrialLease lease,
        @Nullable JsonNode outcome) {
    public OfferedTrial {
        outcome = outcome == null || outcome.isNull() ? null : outcome;
    }

    public static OfferedTrial of(int number, JsonNode work) {
        return new OfferedTrial(number, work, null, null);
    }

    OfferedTrial lease(@Nullable TrialLease to) {
        return new OfferedTrial(number, work, to, outcome);
    }

    /** Without a lease that ends after the latest that one can: the clock was set back meanwhile. */
    OfferedTrial endingBy(long latest) {
        return !hasEnded() && lease != null && lease.until() > latest ? lease(null) : this;
    }

    OfferedTrial end(JsonNode told) {
        return new OfferedTrial(number, work, lease, told);
    }

    public boolean hasEnded() {
        return outcome != null;
    }

    /** Whether a helper has it. */
    public boolean isLent(long now) {
        return !hasEnded() && lease != null && !lease.hasEnded(now);
    }

    boolean isOpen(long now) {
        return !hasEnded() && !isLent(now);
    }

    /** Whether this helper has it, or had it last, and has not told its outcome. */
    boolean isOf(String trainer) {
        return !hasEnded() && lease != null && lease.trainer().equals(trainer);
    }

    boolean isOf(String trainer, long token) {
        return isOf(trainer) && lease != null && lease.token() == token;
    }
}
