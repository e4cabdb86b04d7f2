package dev.foretell.router.models;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A model that was uploaded, with all its versions. Immutable; its JSON form, in which the groups are flat, is what the store
 * keeps.
 *
 * @param aliases names of versions, such as {@code prod}
 */
public record RegisteredModel(
        @JsonUnwrapped Name id,
        @JsonUnwrapped Description about,
        @JsonUnwrapped Deployment deployment,
        @JsonUnwrapped History history,
        TrafficPlan traffic,
        Map<String, Integer> aliases) {
    /** What calls ask for. */
    public record Name(String type, String name) {}

    /** The description by its owner. */
    public record Description(String description, Map<String, String> labels) {
        public Description {
            labels = InsertionOrder.copyOf(labels);
        }
    }

    /**
     * What hosts do with it.
     *
     * @param replicas how many are to hold it
     * @param loaded whether they serve it at all; for a short time it was stored as {@code withLoaded}
     */
    public record Deployment(
            int replicas, @JsonAlias("withLoaded") boolean loaded) {}

    /**
     * Its versions by number.
     *
     * @param nextVersion the number of the version to come; numbers are not used twice
     */
    public record History(int nextVersion, Map<Integer, ModelVersion> versions) {
        public History {
            versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        }

        private History plus(ModelVersion version) {
            Map<Integer, ModelVersion> more = new TreeMap<>(versions);
            more.put(version.number(), version);
            return new History(version.number() + 1, more);
        }

        private History minus(int number) {
            Map<Integer, ModelVersion> rest = new TreeMap<>(versions);
            rest.remove(number);
            return new History(nextVersion, rest);
        }
    }

    public RegisteredModel {
        aliases = Collections.unmodifiableMap(new TreeMap<>(aliases));
    }

    /** A model without versions. */
    public static RegisteredModel fresh(String type, String name, int replicas) {
        return new RegisteredModel(
                new Name(type, name),
                new Description("", Map.of()),
                new Deployment(replicas, true),
                new History(1, Map.of()),
                TrafficPlan.NONE,
                Map.of());
    }

    public String type() {
        return id.type();
    }

    public String name() {
        return id.name();
    }

    public ModelKey key() {
        return new ModelKey(type(), name());
    }

    /** All names by which it can be called: {@code AI/iris}, {@code AI/iris:2}, {@code AI/iris:prod}. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        names.add(key().toString());
        versions().keySet().forEach(number -> names.add(key() + ":" + number));
        aliases.keySet().forEach(alias -> names.add(key() + ":" + alias));
        return names;
    }

    public Map<Integer, ModelVersion> versions() {
        return history.versions();
    }

    /** Whether hosts serve it at all. */
    public boolean servesCalls() {
        return deployment.loaded();
    }

    public RegisteredModel withDescription(String text) {
        return with(new Description(text, about.labels()));
    }

    public RegisteredModel withLabels(Map<String, String> others) {
        return with(new Description(about.description(), others));
    }

    private RegisteredModel with(Description other) {
        return new RegisteredModel(id, other, deployment, history, traffic, aliases);
    }

    public RegisteredModel withReplicas(int hosts) {
        return with(new Deployment(hosts, deployment.loaded()));
    }

    public RegisteredModel withLoaded(boolean serve) {
        return with(new Deployment(deployment.replicas(), serve));
    }

    private RegisteredModel with(Deployment other) {
        return new RegisteredModel(id, about, other, history, traffic, aliases);
    }

    public RegisteredModel withPlan(TrafficPlan plan) {
        return new RegisteredModel(id, about, deployment, history, plan, aliases);
    }

    public RegisteredModel withAliases(Map<String, Integer> others) {
        return new RegisteredModel(id, about, deployment, history, traffic, others);
    }

    /** Adds a version with the next number. The first version gets all calls, later ones get none. */
    public RegisteredModel plus(ModelVersion version) {
        TrafficPlan plan = versions().isEmpty() ? TrafficPlan.allTo(version.number()) : traffic;
        return new RegisteredModel(id, about, deployment, history.plus(version), plan, aliases);
    }

    /** Removes a version; {@link FailureKind#CONFLICT} if it is in use. */
    public RegisteredModel minus(int number) {
        require(number);
        List<String> uses = usesOf(number);
        if (!uses.isEmpty()) {
            throw new ServingException(
                    FailureKind.CONFLICT,
                    "version " + number + " of " + name() + " " + String.join(" and ", uses)
                            + ": give what it has to another version first");
        }
        return new RegisteredModel(id, about, deployment, history.minus(number), traffic.withoutIdle(number), aliases);
    }

    /**
     * This model without a version, whose calls another one gets; empty without its last version. {@link FailureKind#CONFLICT} if
     * an alias names it, or it is the shadow.
     *
     * @param heir number of the version that gets the calls; if it is not there, the newest one does
     */
    public Optional<RegisteredModel> without(int number, int heir) {
        Set<Integer> others = new TreeSet<>(versions().keySet());
        others.remove(number);
        if (others.isEmpty()) {
            return Optional.empty();
        }
        boolean hasCalls = traffic.weights().getOrDefault(number, 0) > 0;
        int next = others.contains(heir) ? heir : Collections.max(others);
        return Optional.of((hasCalls ? withPlan(TrafficPlan.allTo(next)) : this).minus(number));
    }

    /** The uses that prevent the removal of a version: {@code takes 95 % of the calls}. */
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

    /** @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} with the existing versions */
    public ModelVersion require(int number) {
        return Optional.ofNullable(versions().get(number))
                .orElseThrow(() -> new ServingException(
                        FailureKind.MODEL_NOT_FOUND,
                        "no version " + number + " of model '" + name() + "'; there are "
                                + versions().keySet()));
    }
}
