package dev.foretell.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;

/**
 * The body of a call.
 *
 * @param mediaType its Content-Type
 * @param writer makes it anew for each call
 */
record CallContent(String mediaType, Writer writer) {
    static final String JSON = "application/json";

    /** Makes a body. */
    interface Writer {
        BodyPublisher write(ObjectMapper mapper) throws IOException;
    }

    /** Arguments by name, with the model's id. */
    static CallContent named(String modelId, Object arguments) {
        return new CallContent(JSON, mapper -> {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            try (JsonGenerator json = mapper.getFactory().createGenerator(body)) {
                json.writeStartObject();
                json.writeStringField("modelId", modelId);
                json.writeFieldName("data");
                mapper.writeValue(json, arguments);
                json.writeEndObject();
            }
            return BodyPublishers.ofByteArray(body.toByteArray());
        });
    }

    /** Arguments by name alone. */
    static CallContent bare(Object arguments) {
        return new CallContent(JSON, mapper -> BodyPublishers.ofByteArray(mapper.writeValueAsBytes(arguments)));
    }

    static CallContent bytes(byte[] body, String mediaType) {
        return new CallContent(mediaType, mapper -> BodyPublishers.ofByteArray(body));
    }

    static CallContent file(Path file, String mediaType) {
        return new CallContent(mediaType, mapper -> BodyPublishers.ofFile(file));
    }

    /** @throws IllegalArgumentException if the arguments cannot be written, or there is no such file */
    BodyPublisher publisher(ObjectMapper mapper) {
        try {
            return writer.write(mapper);
        } catch (FileNotFoundException e) {
            throw new IllegalArgumentException("no file to read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the arguments cannot be written as JSON: " + e.getMessage(), e);
        }
    }
}
