package dev.foretell.router.http.dashboard;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.ensemble.Ensembles;
import dev.foretell.router.ensemble.Member;
import dev.foretell.router.models.Models;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.TrafficPlan;
import dev.foretell.router.routing.RoutingTable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The shared state at a moment, to tell what a change has changed. Taking one costs a few volatile reads; comparing two costs
 * something only where they differ.
 *
 * @param settings by key, secrets masked
 */
record StateImage(
        RoutingTable table, Models models, Ensembles ensembles, Set<WorkerId> drained, Map<String, String> settings) {
    private static final int MAX_NAMED = 5;

    /** What differs, before and after, in words. */
    record Difference(String before, String after) {
        boolean isNone() {
            return before.equals(after);
        }
    }

    Difference to(StateImage after) {
        Map<String, String[]> parts = new LinkedHashMap<>();
        if (table != after.table) {
            compare(table.models(), after.table.models(), StateImage::words, parts);
        }
        if (models != after.models) {
            compare(models.byName(), after.models.byName(), StateImage::words, parts);
        }
        if (ensembles != after.ensembles) {
            compare(ensembles.byName(), after.ensembles.byName(), StateImage::words, parts);
        }
        if (!drained.equals(after.drained)) {
            parts.put("drained", new String[] {ids(drained), ids(after.drained)});
        }
        if (!settings.equals(after.settings)) {
            compare(settings, after.settings, Function.identity(), parts);
        }
        return new Difference(join(parts, 0), join(parts, 1));
    }

    private static <K, V> void compare(
            Map<K, V> before, Map<K, V> after, Function<V, String> words, Map<String, String[]> parts) {
        Set<K> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (K key : keys) {
            V old = before.get(key);
            V now = after.get(key);
            if (old != now && !Objects.equals(old, now) && parts.size() <= MAX_NAMED) {
                parts.put(key.toString(), new String[] {words(old, words), words(now, words)});
            }
        }
    }

    private static <V> String words(@Nullable V value, Function<V, String> words) {
        return value == null ? "none" : words.apply(value);
    }

    private static String join(Map<String, String[]> parts, int side) {
        String some = parts.entrySet().stream()
                .limit(MAX_NAMED)
                .map(part -> part.getKey() + ": " + part.getValue()[side])
                .collect(Collectors.joining("; "));
        return parts.size() > MAX_NAMED ? some + "; and more" : some;
    }

    private static String words(RoutingMap.Model model) {
        return (model.policy() == null ? "" : model.policy() + ", ")
                + model.workers().stream()
                        .map(worker -> worker.id() + (worker.share() == 1 ? "" : " ×" + worker.share()))
                        .limit(20)
                        .collect(Collectors.joining(", "));
    }

    private static String words(RegisteredModel model) {
        TrafficPlan plan = model.traffic();
        return "versions " + model.versions().keySet()
                + ", traffic " + plan.weights()
                + (plan.canary() == null ? "" : ", canary " + plan.canary().version())
                + (plan.shadow() == null ? "" : ", shadow " + plan.shadow().version())
                + (model.aliases().isEmpty() ? "" : ", aliases " + model.aliases())
                + ", replicas " + model.deployment().replicas()
                + (model.servesCalls() ? "" : ", unloaded");
    }

    private static String words(Ensemble ensemble) {
        return ensemble.merge().name().toLowerCase(Locale.ROOT) + " of "
                + ensemble.members().stream().map(Member::id).collect(Collectors.joining(", "));
    }

    private static String ids(Set<WorkerId> workers) {
        return workers.isEmpty()
                ? "none"
                : new TreeSet<>(workers.stream().map(WorkerId::toString).toList()).toString();
    }
}
