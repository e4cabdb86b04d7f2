package dev.foretell.router.predict.attempt;

import dev.foretell.commons.time.Scheduler;
import dev.foretell.commons.time.TimeoutWheel;
import dev.foretell.router.predict.hedge.Hedges;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.WorkerClient;
import java.util.function.LongSupplier;

/**
 * What one event loop has for the attempts of its calls.
 *
 * @param wheel for what is nearly always taken back: the patience with a first attempt
 */
public record AttemptTools(
        Retrier retrier,
        WorkerClient workers,
        Hedges hedges,
        Scheduler scheduler,
        TimeoutWheel wheel,
        LongSupplier nanoClock) {}
