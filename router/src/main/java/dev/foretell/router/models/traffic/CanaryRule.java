package dev.foretell.router.models.traffic;

import dev.foretell.router.models.TrafficPlan;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides when to roll back a canary; pure. All versions refuse callers' mistakes alike, so refusals count only if the
 * other versions have figures.
 */
final class CanaryRule {
    /** With fewer calls, the figures of the other versions have no meaning. */
    private static final int FEW = 20;

    private CanaryRule() {}

    /** Why to roll back the version; empty if there is no reason. */
    static Optional<String> breach(TrafficPlan.Canary canary, VersionStats.Figures own, VersionStats.Figures others) {
        if (own.calls() < canary.atLeastCalls()) {
            return Optional.empty();
        }
        VersionStats.Figures compared = others.calls() < FEW ? VersionStats.Figures.NONE : others;
        if (own.errorRatio() - compared.errorRatio() > canary.errorRatio()) {
            return Optional.of(format(
                    "version %d rolled back after %d calls: %.1f %% failed, of the others' %.1f %%",
                    canary.version(), own.calls(), 100 * own.errorRatio(), 100 * compared.errorRatio()));
        }
        if (compared.calls() > 0 && own.refusalRatio() - compared.refusalRatio() > canary.errorRatio()) {
            return Optional.of(format(
                    "version %d rolled back after %d calls: it refused %.1f %%, the others %.1f %%",
                    canary.version(), own.calls(), 100 * own.refusalRatio(), 100 * compared.refusalRatio()));
        }
        if (compared.calls() > 0 && own.p95Millis() > canary.p95Ratio() * compared.p95Millis()) {
            return Optional.of(format(
                    "version %d rolled back after %d calls: p95 %.2f ms, the others' %.2f ms",
                    canary.version(), own.calls(), own.p95Millis(), compared.p95Millis()));
        }
        return Optional.empty();
    }

    private static String format(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }
}
