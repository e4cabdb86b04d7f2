package dev.foretell.router.balance;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The policies by their names in the configuration and the routing map, in lower case. */
public enum PolicyName {
    RANDOM,
    ROUND_ROBIN,
    LEAST_INFLIGHT,
    P2C,
    CONSISTENT_HASH;

    public static Optional<PolicyName> of(String name) {
        return Stream.of(values())
                .filter(policy -> policy.toString().equals(name))
                .findFirst();
    }

    /** Creates a policy of this name with its own state. */
    public Policy create(RandomBits random) {
        return switch (this) {
            case RANDOM -> new WeightedRandom(random);
            case ROUND_ROBIN -> new RoundRobin();
            case LEAST_INFLIGHT -> new LeastInflight(random);
            case P2C -> new PowerOfTwoChoices(random);
            case CONSISTENT_HASH -> new RendezvousHash();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
