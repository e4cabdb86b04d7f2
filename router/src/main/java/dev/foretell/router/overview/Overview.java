package dev.foretell.router.overview;

import java.time.Instant;
import java.util.List;

/**
 * The router at its last look at itself.
 *
 * @param workers the number of workers, each counted once
 */
public record Overview(
        Instant now, long uptimeSeconds, CallRates calls, int models, int workers, List<Problem> problems) {
    public Overview {
        problems = List.copyOf(problems);
    }
}
