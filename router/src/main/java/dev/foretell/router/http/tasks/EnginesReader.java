package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.training.EngineName;
import java.util.EnumSet;
import java.util.Set;

/** Reads which engines a trainer has. */
final class EnginesReader {
    private static final int MOST = 16;

    private EnginesReader() {}

    /** Foretell's own alone, where a trainer does not tell. One that this router does not know has no tasks. */
    static Set<EngineName> engines(BodyFields body) {
        if (!body.has("engines")) {
            return EnumSet.of(EngineName.FORETELL);
        }
        JsonNode named = body.object().path("engines");
        if (!named.isArray() || named.size() > MOST) {
            throw BodyFields.wrong("engines must be an array of at most " + MOST + " names");
        }
        Set<EngineName> engines = EnumSet.noneOf(EngineName.class);
        for (EngineName engine : EngineName.values()) {
            for (JsonNode name : named) {
                if (name.asText().equals(engine.word())) {
                    engines.add(engine);
                }
            }
        }
        return engines;
    }
}
