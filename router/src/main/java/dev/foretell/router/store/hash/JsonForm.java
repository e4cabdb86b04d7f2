package dev.foretell.router.store.hash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.foretell.commons.json.Json;

/** How values of one type are written as JSON to be kept, and read. Thread-safe. */
public final class JsonForm<V> {
    /** A newer router may have written more. */
    private final ObjectReader reader;

    public JsonForm(Class<V> type) {
        this.reader = Json.MAPPER.readerFor(type).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    public V read(String json) {
        try {
            return reader.readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not what belongs there", e);
        }
    }

    public String json(V value) {
        return ReadableCheck.text(value, Json::writeText, this::read);
    }
}
