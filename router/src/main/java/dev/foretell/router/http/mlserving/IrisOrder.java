package dev.foretell.router.http.mlserving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The order to fit a classifier to the Iris table and to serve it, in the form of {@code POST /v1/tasks}. */
final class IrisOrder {
    private static final String TABLE = read();

    private IrisOrder() {}

    private static String read() {
        try (InputStream in = Objects.requireNonNull(IrisOrder.class.getResourceAsStream("iris.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ObjectNode of(Classifier classifier) {
        ObjectNode order = Json.MAPPER.createObjectNode().put("name", "Iris, " + classifier.words());
        order.putObject("parameters")
                .put("target", "species")
                .put("algorithm", classifier.algorithm().word());
        order.putObject("data").put("name", "iris.csv").put("csv", TABLE);
        order.putObject("serve").put("model", classifier.model()).put("as", "promote");
        return order;
    }
}
