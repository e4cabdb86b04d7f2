package dev.foretell.commons.tensor;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one requested output. Used once. */
final class OutputReader {
    private @Nullable String name;
    private Map<String, Object> parameters = Map.of();

    OutputReader read(JsonParser in) throws IOException {
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            switch (field) {
                case "name" -> name = Fields.text("an output's name", in);
                case "parameters" -> parameters = Fields.parameters("an output's parameters", in);
                default -> in.skipChildren();
            }
        }
        if (name == null) {
            throw Misfit.of("an output has no name");
        }
        return this;
    }

    String name() {
        return String.valueOf(name);
    }

    /** @param binaryByDefault the default of the request */
    InferRequest.Output toOutput(boolean binaryByDefault) {
        Object binary = parameters.get("binary_data");
        return new InferRequest.Output(
                String.valueOf(name),
                binary == null ? binaryByDefault : Fields.truth("binary_data", binary),
                classification(parameters.get("classification")));
    }

    private int classification(@Nullable Object most) {
        if (most == null) {
            return 0;
        }
        if (!(most instanceof Long number) || number < 0 || number > Integer.MAX_VALUE) {
            throw Misfit.of(String.valueOf(name), "a classification of a number from 0 up", String.valueOf(most));
        }
        return number.intValue();
    }
}
