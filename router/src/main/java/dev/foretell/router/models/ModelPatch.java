package dev.foretell.router.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of a model's fields; null fields stay unchanged. */
public record ModelPatch(
        @Nullable String description,
        @Nullable Map<String, String> labels,
        @Nullable Integer replicas) {
    private static final Set<String> FIELDS = Set.of("description", "labels", "replicas");
    private static final int MAX = 10_000;

    /** @throws ServingException {@link FailureKind#INVALID_INPUT} with the invalid field */
    public static ModelPatch of(JsonNode body) {
        body.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw invalid("there is no field '" + NearestNames.abbreviate(field)
                        + "' to change; the fields are description, labels and replicas");
            }
        });
        JsonNode replicas = body.path("replicas");
        if (!replicas.isMissingNode() && (!replicas.isInt() || replicas.intValue() < 1 || replicas.intValue() > 100)) {
            throw invalid("replicas must be a whole number from 1 to 100");
        }
        return new ModelPatch(
                description(body.path("description")),
                labels(body.path("labels")),
                replicas.isMissingNode() ? null : replicas.intValue());
    }

    private static @Nullable String description(JsonNode given) {
        if (given.isMissingNode()) {
            return null;
        }
        if (!given.isTextual() || given.textValue().length() > MAX) {
            throw invalid("description must be text of at most " + MAX + " characters");
        }
        return given.textValue();
    }

    /** Parses labels from JSON: an object of short texts. */
    public static @Nullable Map<String, String> labels(JsonNode given) {
        if (given.isMissingNode()) {
            return null;
        }
        Map<String, String> labels = new LinkedHashMap<>();
        given.properties().forEach(label -> {
            if (!label.getValue().isTextual()) {
                throw invalid("labels must be an object of texts, like {\"team\": \"plants\"}");
            }
            labels.put(label.getKey(), label.getValue().textValue());
        });
        if (!given.isObject() || given.toString().length() > MAX) {
            throw invalid(
                    "labels must be an object of texts, like {\"team\": \"plants\"}, " + MAX + " characters at most");
        }
        return labels;
    }

    /** The step for {@link ModelRegistry#update}. */
    public Optional<RegisteredModel> applyTo(Optional<RegisteredModel> before) {
        return before.map(model -> {
            RegisteredModel next = description == null ? model : model.withDescription(description);
            next = labels == null ? next : next.withLabels(labels);
            return replicas == null ? next : next.withReplicas(replicas);
        });
    }

    private static ServingException invalid(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what);
    }
}
