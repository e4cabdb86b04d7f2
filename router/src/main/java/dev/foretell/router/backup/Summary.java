package dev.foretell.router.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.store.StoredKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The content of a state in numbers, for people.
 *
 * @param routes models in the routing table
 * @param workers their workers, each counted once per model
 * @param models registered models
 * @param versions their versions
 * @param revision the revision of the routing table
 */
public record Summary(int routes, int workers, int models, int versions, long revision) {
    static Summary of(List<StoredKey> state) {
        List<JsonNode> routes = values(state, "map");
        List<JsonNode> models = values(state, "models");
        return new Summary(
                routes.size(),
                routes.stream().mapToInt(Summary::workers).sum(),
                models.size(),
                models.stream().mapToInt(model -> model.path("versions").size()).sum(),
                revision(state));
    }

    /** The value is a list of workers, or an object with such a list. */
    private static int workers(JsonNode route) {
        return route.isArray() ? route.size() : route.path("workers").size();
    }

    private static long revision(List<StoredKey> state) {
        return state.stream()
                .filter(key -> key.name().equals("revision"))
                .map(key -> key.items().get(0))
                .filter(revision -> revision.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /** The digests of the files that versions refer to. */
    static Set<String> digests(List<StoredKey> state) {
        Set<String> digests = new TreeSet<>();
        for (JsonNode model : values(state, "models")) {
            model.path("versions")
                    .forEach(version -> digests.add(version.path("digest").asText()));
        }
        digests.removeIf(digest -> !digest.matches("[0-9a-f]{64}"));
        return digests;
    }

    private static List<JsonNode> values(List<StoredKey> state, String hash) {
        return state.stream()
                .filter(key -> key.name().equals(hash) && key.type().equals("hash"))
                .flatMap(key -> IntStream.range(0, key.items().size() / 2)
                        .mapToObj(i -> key.items().get(2 * i + 1)))
                .map(Summary::tree)
                .toList();
    }

    /** A damaged value is in the backup unchanged, but does not count here. */
    private static JsonNode tree(String value) {
        try {
            return Json.readTree(StoredKey.text(value).getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException spoilt) {
            return Json.MAPPER.createObjectNode();
        }
    }

    @Override
    public String toString() {
        return count(routes, "model") + " with " + count(workers, "worker") + " in the routing table (revision "
                + revision + "), " + count(models, "registered model") + " with " + count(versions, "version");
    }

    private static String count(int many, String what) {
        return many + " " + what + (many == 1 ? "" : "s");
    }
}
