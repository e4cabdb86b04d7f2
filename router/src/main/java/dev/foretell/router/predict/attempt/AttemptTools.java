package dev.foretell.router.predict.attempt;

import dev.foretell.commons.time.Scheduler;
import dev.foretell.commons.time.TimeoutWheel;
import dev.foretell.router.predict.hedge.Hedges;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.WorkerClient;
import java.util.function.LongSupplier;

/**
 * The shared tools of one event loop for the attempts of its calls.
 *
 * @param wheel for timers that are nearly always cancelled: the time until a hedge
 */
public record AttemptTools(
        Retrier retrier,
        WorkerClient workers,
        Hedges hedges,
        Scheduler scheduler,
        TimeoutWheel wheel,
        LongSupplier nanoClock) {}
