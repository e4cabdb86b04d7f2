package dev.foretell.router.models.traffic;

import dev.foretell.router.balance.SplitMix64;
import dev.foretell.router.upstream.pool.StableHash;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The distribution of one model's calls over its versions. Immutable. */
final class TrafficSplit {
    private final String[] modelIds;
    private final int[] versions;
    private final int[] weights;
    private final int total;

    /** @param plan percent by version; versions with 0 are omitted */
    TrafficSplit(String name, Map<Integer, Integer> plan) {
        this.versions = plan.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        this.weights = Arrays.stream(versions)
                .map(version -> plan.getOrDefault(version, 0))
                .toArray();
        this.total = Arrays.stream(weights).sum();
        this.modelIds = Arrays.stream(versions)
                .mapToObj(version -> name + ":" + version)
                .toArray(String[]::new);
    }

    boolean isEmpty() {
        return versions.length == 0;
    }

    /** The id of the version for one call: random, or, with a sticky key, always the same while the weights stay. */
    String choose(@Nullable String stickyKey, RandomGenerator random) {
        if (versions.length == 1) {
            return modelIds[0];
        }
        return modelIds[stickyKey == null ? byChance(random) : byKey(StableHash.of(stickyKey))];
    }

    private int byChance(RandomGenerator random) {
        int left = random.nextInt(total);
        int i = 0;
        while (left >= weights[i]) {
            left -= weights[i++];
        }
        return i;
    }

    /**
     * Weighted rendezvous hashing: the highest {@code -weight / ln u} wins, where u is the number of the key for the
     * version. When a weight changes by a few percent, only that share of the keys moves.
     */
    private int byKey(long key) {
        int best = 0;
        double highest = -1;
        for (int i = 0; i < versions.length; i++) {
            double score = -weights[i] / Math.log(SplitMix64.unit(key ^ SplitMix64.mix(versions[i])));
            if (score > highest) {
                highest = score;
                best = i;
            }
        }
        return best;
    }
}
