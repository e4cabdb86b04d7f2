package dev.foretell.router.balance;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the calls of a model are balanced.
 *
 * @param policy the default policy, for models without one in the routing map or in {@code models}
 * @param models policies by {@code type/model}
 * @param slowStart time in which a new or returning worker grows from a tenth of its share to all of it; 0 turns it off
 */
public record BalanceConfig(PolicyName policy, Map<String, PolicyName> models, Duration slowStart) {
    public BalanceConfig {
        models = Map.copyOf(new TreeMap<>(models));
    }

    public static BalanceConfig defaults() {
        return new BalanceConfig(PolicyName.P2C, Map.of(), Duration.ofSeconds(30));
    }
}
