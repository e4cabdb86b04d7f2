package dev.foretell.worker.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.foretell.worker.function.FunctionJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes results as JSON, which has no NaN and no infinity: such a result is an error, not a string. */
final class FiniteJson extends JsonGeneratorDelegate {
    private FiniteJson(JsonGenerator generator) {
        super(generator, false);
    }

    static byte[] write(@Nullable Object value) throws IOException {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder();
                JsonGenerator generator = new FiniteJson(FunctionJson.MAPPER.createGenerator(bytes))) {
            FunctionJson.MAPPER.writeValue(generator, value);
            generator.flush();
            return bytes.toByteArray();
        }
    }

    @Override
    public void writeNumber(double value) throws IOException {
        requireFinite(value);
        super.writeNumber(value);
    }

    @Override
    public void writeNumber(float value) throws IOException {
        requireFinite(value);
        super.writeNumber(value);
    }

    @Override
    public void writeArray(double[] values, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            requireFinite(values[i]);
        }
        super.writeArray(values, offset, length);
    }

    private static void requireFinite(double value) throws IOException {
        if (!Double.isFinite(value)) {
            throw new UnwritableResultException("the result is not a finite number");
        }
    }
}
