package dev.foretell.router.http.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.foretell.router.upstream.pool.EndpointPool;
import dev.foretell.router.upstream.pool.PoolTally;

/** The figures of a model's calls since the router started, for {@code GET /elb-healthcheck}. */
@JsonNaming(SnakeCaseStrategy.class)
record ModelCalls(
        @JsonUnwrapped Retries retries,
        @JsonUnwrapped Hedges hedges,
        long ejections,
        boolean panic,
        long batches,
        long batchedCalls) {
    /** Calls that were sent to another worker after a failure. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Retries(long retries, int retriesUnderWay, long retryBudgetExhausted) {}

    /** Calls that were sent to two workers. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Hedges(long hedgesWon, long hedgesLost, long copies) {}

    static ModelCalls of(EndpointPool pool) {
        PoolTally tally = pool.tally();
        return new ModelCalls(
                new Retries(tally.retries(), tally.retriesUnderWay().get(), tally.budgetExhausted()),
                new Hedges(tally.hedgesWon(), tally.hedgesLost(), tally.silenceHedges()),
                tally.ejections(),
                pool.isPanicking(),
                tally.batchSizes().count(),
                tally.batchSizes().sum());
    }
}
