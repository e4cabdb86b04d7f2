package dev.foretell.router.models;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model that was uploaded, with all its versions. Immutable; its JSON form is what the store keeps.
 *
 * @param replicas how many hosts are to hold it
 * @param withLoaded whether hosts serve it at all; stored as {@code loaded}, and for a short time as {@code withLoaded}
 * @param nextVersion the number of the version to come; numbers are not used twice
 * @param aliases names of versions, such as {@code prod}
 */
public record RegisteredModel(
        String type,
        String name,
        String description,
        Map<String, String> labels,
        int replicas,
        @JsonProperty("loaded") @JsonAlias("withLoaded") boolean withLoaded,
        int nextVersion,
        Map<Integer, ModelVersion> versions,
        TrafficPlan traffic,
        Map<String, Integer> aliases) {
    public RegisteredModel {
        labels = InsertionOrder.copyOf(labels);
        versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        aliases = Collections.unmodifiableMap(new TreeMap<>(aliases));
    }

    /** A model without a version. */
    public static RegisteredModel fresh(String type, String name, int replicas) {
        return new RegisteredModel(type, name, "", Map.of(), replicas, true, 1, Map.of(), TrafficPlan.NONE, Map.of());
    }

    public ModelKey key() {
        return new ModelKey(type, name);
    }

    public RegisteredModel withDescription(String text) {
        return new RegisteredModel(
                type, name, text, labels, replicas, withLoaded, nextVersion, versions, traffic, aliases);
    }

    public RegisteredModel withLabels(Map<String, String> others) {
        return new RegisteredModel(
                type, name, description, others, replicas, withLoaded, nextVersion, versions, traffic, aliases);
    }

    public RegisteredModel withReplicas(int hosts) {
        return new RegisteredModel(
                type, name, description, labels, hosts, withLoaded, nextVersion, versions, traffic, aliases);
    }

    public RegisteredModel withLoaded(boolean serve) {
        return new RegisteredModel(
                type, name, description, labels, replicas, serve, nextVersion, versions, traffic, aliases);
    }

    public RegisteredModel withPlan(TrafficPlan plan) {
        return new RegisteredModel(
                type, name, description, labels, replicas, withLoaded, nextVersion, versions, plan, aliases);
    }

    public RegisteredModel withAliases(Map<String, Integer> others) {
        return new RegisteredModel(
                type, name, description, labels, replicas, withLoaded, nextVersion, versions, traffic, others);
    }

    /** With the version whose number is due: the first one gets all calls, later ones none. */
    public RegisteredModel plus(ModelVersion version) {
        Map<Integer, ModelVersion> more = new TreeMap<>(versions);
        more.put(version.number(), version);
        return new RegisteredModel(
                type,
                name,
                description,
                labels,
                replicas,
                withLoaded,
                version.number() + 1,
                more,
                versions.isEmpty() ? TrafficPlan.allTo(version.number()) : traffic,
                aliases);
    }

    /** Without a version; {@link FailureKind#CONFLICT} where it is in use. */
    public RegisteredModel minus(int number) {
        require(number);
        List<String> uses = usesOf(number);
        if (!uses.isEmpty()) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    "version " + number + " of " + name + " " + String.join(" and ", uses)
                            + ": give what it has to another version first");
        }
        Map<Integer, ModelVersion> rest = new TreeMap<>(versions);
        rest.remove(number);
        return new RegisteredModel(
                type,
                name,
                description,
                labels,
                replicas,
                withLoaded,
                nextVersion,
                rest,
                traffic.withoutIdle(number),
                aliases);
    }

    /** What holds a version where it is: {@code takes 95 % of the calls}. */
    List<String> usesOf(int number) {
        List<String> uses = new ArrayList<>();
        int weight = traffic.weights().getOrDefault(number, 0);
        if (weight > 0) {
            uses.add("takes " + weight + " % of the calls");
        }
        if (traffic.shadow() != null && traffic.shadow().version() == number) {
            uses.add("is the shadow");
        }
        if (traffic.canary() != null && traffic.canary().version() == number) {
            uses.add("is the canary");
        }
        aliases.forEach((alias, target) -> {
            if (target == number) {
                uses.add("is named '" + alias + "'");
            }
        });
        return uses;
    }

    /** @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} naming the versions there are */
    public ModelVersion require(int number) {
        return Optional.ofNullable(versions.get(number))
                .orElseThrow(() -> new ServingException(
                        FailureKind.MODEL_NOT_FOUND,
                        "no version " + number + " of model '" + name + "'; there are " + versions.keySet()));
    }
}
