package dev.foretell.router.tasks.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.json.Json;
import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.ensemble.EnsembleCheck;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.ensemble.Member;
import dev.foretell.router.ensemble.RecipeReader;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The ensemble of the best models of a search, as versions of one registered model. Thread-safe. */
public final class SearchEnsemble {
    /** Versions of classifiers have the names of their classes under names that begin so. */
    private static final String CLASSES = "labels.";

    private final EnsembleRegistry registry;
    private final EnsembleCheck check;

    public SearchEnsemble(EnsembleRegistry registry, EnsembleCheck check) {
        this.registry = registry;
        this.check = check;
    }

    void requireFree(ModelKey name) {
        check.requireFree(name);
    }

    /**
     * Adds the ensemble, or replaces one of that name. Classifiers merge their probabilities, all others their numbers.
     *
     * @return fails with {@link FailureKind#CONFLICT} if a model has the name
     */
    Future<Void> put(String name, RegisteredModel model, Collection<ModelVersion> members) {
        ObjectNode recipe = Json.MAPPER.createObjectNode().put("type", model.type());
        recipe.put("description", "the best of a search for " + model.name());
        recipe.put("merge", members.stream().allMatch(SearchEnsemble::isClassifier) ? "softVote" : "mean");
        members.forEach(member -> recipe.withArray("members").add(model.name() + ":" + member.number()));
        return Future.succeededFuture((JsonNode) recipe)
                .map(body -> check.require(RecipeReader.read(name, model.type(), body)))
                .compose(registry::put)
                .mapEmpty();
    }

    private static boolean isClassifier(ModelVersion version) {
        return version.contents().metadata().keySet().stream().anyMatch(key -> key.startsWith(CLASSES));
    }

    /** Removes the ensemble if all of its members are these versions; one that is not there is harmless. */
    Future<Void> withdraw(String name, RegisteredModel model, List<ModelVersion> versions) {
        Set<String> ids = versions.stream()
                .map(version -> model.key().version(version.number()).toString())
                .collect(Collectors.toSet());
        return registry.reconcile()
                .compose(all -> all.find(name).filter(one -> isOf(one, ids)).isPresent()
                        ? registry.remove(name).mapEmpty()
                        : Future.succeededFuture());
    }

    private static boolean isOf(Ensemble ensemble, Set<String> versions) {
        return ensemble.members().stream().map(Member::id).allMatch(versions::contains);
    }
}
