package dev.foretell.router.balance;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a model's calls are balanced.
 *
 * @param policy where neither the routing map nor {@code models} says otherwise
 * @param models policies of single models, by {@code type/model}
 * @param slowStart how long a worker that has come (back) takes to grow from a tenth of its share to all of it; 0 for none
 */
public record BalanceConfig(PolicyName policy, Map<String, PolicyName> models, Duration slowStart) {
    public BalanceConfig {
        models = Map.copyOf(new TreeMap<>(models));
    }

    public static BalanceConfig defaults() {
        return new BalanceConfig(PolicyName.P2C, Map.of(), Duration.ofSeconds(30));
    }
}
