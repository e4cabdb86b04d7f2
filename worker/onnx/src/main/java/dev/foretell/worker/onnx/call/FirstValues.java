package dev.foretell.worker.onnx.call;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import dev.foretell.worker.onnx.model.ModelOutput;
import java.io.IOException;

/** One output, without its name; written without a tree. */
record FirstValues(ModelOutput output) implements JsonSerializable {
    static final String FIELD = "values";

    @Override
    public void serialize(JsonGenerator out, SerializerProvider serializers) throws IOException {
        out.writeStartObject();
        out.writeFieldName(FIELD);
        output.write(out);
        out.writeEndObject();
    }

    @Override
    public void serializeWithType(JsonGenerator out, SerializerProvider serializers, TypeSerializer type)
            throws IOException {
        serialize(out, serializers);
    }
}
