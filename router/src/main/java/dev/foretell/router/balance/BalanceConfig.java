package dev.foretell.router.balance;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which policy a model's calls are balanced by.
 *
 * @param policy where neither the routing map nor {@code models} says otherwise
 * @param models policies of single models, by {@code type/model}
 */
public record BalanceConfig(PolicyName policy, Map<String, PolicyName> models) {
    public BalanceConfig {
        models = Map.copyOf(new TreeMap<>(models));
    }

    public static BalanceConfig defaults() {
        return new BalanceConfig(PolicyName.P2C, Map.of());
    }
}
