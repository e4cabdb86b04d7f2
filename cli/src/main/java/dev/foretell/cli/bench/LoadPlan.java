package dev.foretell.cli.bench;

import dev.foretell.cli.terminal.CommandFailure;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How much load, and for how long.
 *
 * @param connections calls in flight at most
 * @param rate calls that begin in a second, whether or not earlier ones have ended; empty for as many as the connections allow
 * @param maxErrors the share of failed calls at which the load stops
 */
record LoadPlan(int connections, Duration length, OptionalDouble rate, double maxErrors) {
    private static final int MAX_CONNECTIONS = 256;
    private static final Duration MAX_LENGTH = Duration.ofMinutes(10);
    private static final int MAX_RATE = 50_000;

    LoadPlan {
        if (connections < 1 || connections > MAX_CONNECTIONS) {
            throw CommandFailure.usage("--connections must be from 1 to " + MAX_CONNECTIONS + ", not " + connections);
        }
        if (length.toSeconds() < 1 || length.compareTo(MAX_LENGTH) > 0) {
            throw CommandFailure.usage(
                    "--seconds must be from 1 to " + MAX_LENGTH.toSeconds() + ", not " + length.toSeconds());
        }
        if (rate.isPresent() && !(rate.getAsDouble() >= 0.1 && rate.getAsDouble() <= MAX_RATE)) {
            throw CommandFailure.usage("--rate must be from 0.1 to " + MAX_RATE + " calls a second");
        }
        if (!(maxErrors >= 0 && maxErrors <= 1)) {
            throw CommandFailure.usage("--max-errors must be from 0 to 1");
        }
    }

    /** Calls that are due over the whole time; more than any load can begin if there is no rate. */
    long due() {
        return rate.isEmpty() ? Long.MAX_VALUE : (long) Math.ceil(rate.getAsDouble() * length.toNanos() / 1e9);
    }

    /** When a call is due, in nanoseconds after the begin. */
    long dueAt(long call) {
        return (long) (call * 1e9 / rate.orElse(Double.POSITIVE_INFINITY));
    }
}
