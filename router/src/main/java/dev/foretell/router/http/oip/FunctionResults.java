package dev.foretell.router.http.oip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorJson;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.http.oip.model.FunctionSignature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Converts a function's results to tensors: one for each field of an object. Values that fit no datatype, such as lists
 * of different lengths, become JSON text.
 */
record FunctionResults(FunctionSignature signature) {
    /** Tried in this order; the first type that fits is used. */
    private static final List<Datatype> GUESSES =
            List.of(Datatype.INT64, Datatype.UINT64, Datatype.BYTES, Datatype.FP64, Datatype.BOOL);

    /** @param rows whether each result is a row of the tensors; otherwise there is only one result */
    List<Tensor> tensors(List<JsonNode> results, boolean rows) {
        JsonNode first = results.get(0);
        if (!first.isObject() || first.isEmpty() || !results.stream().allMatch(result -> isLike(first, result))) {
            return List.of(tensor(FunctionSignature.RESULT, results, rows));
        }
        List<Tensor> tensors = new ArrayList<>();
        first.fieldNames()
                .forEachRemaining(name -> tensors.add(tensor(
                        name, results.stream().map(result -> result.path(name)).toList(), rows)));
        return tensors;
    }

    private static boolean isLike(JsonNode first, JsonNode result) {
        boolean[] same = {result.isObject() && result.size() == first.size()};
        first.fieldNames().forEachRemaining(name -> same[0] &= result.has(name));
        return same[0];
    }

    private Tensor tensor(String name, List<JsonNode> values, boolean rows) {
        JsonNode value = rows || !values.get(0).isArray() ? array(values) : values.get(0);
        List<Datatype> datatypes = new ArrayList<>();
        signature.outputs().stream()
                .filter(output -> output.name().equals(name))
                .map(TensorSpec::datatype)
                .forEach(datatypes::add);
        datatypes.addAll(GUESSES);
        return datatypes.stream()
                .map(datatype -> read(name, datatype, value))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> texts(name, values));
    }

    private static JsonNode array(List<JsonNode> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(values.size());
        values.forEach(array::add);
        return array;
    }

    /** Loses no digits: integers of more than 64 bits do not become doubles. */
    private static Optional<Tensor> read(String name, Datatype datatype, JsonNode value) {
        if (datatype == Datatype.FP64 && hasLongIntegers(value)) {
            return Optional.empty();
        }
        try {
            return Optional.of(TensorJson.read(name, datatype, value));
        } catch (ServingException misfit) {
            return Optional.empty();
        }
    }

    private static boolean hasLongIntegers(JsonNode value) {
        if (!value.isArray()) {
            return value.isBigInteger();
        }
        for (JsonNode element : value) {
            if (hasLongIntegers(element)) {
                return true;
            }
        }
        return false;
    }

    private static Tensor texts(String name, List<JsonNode> values) {
        List<byte[]> texts = values.stream()
                .map(value -> value.isTextual() ? value.textValue() : value.toString())
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        return Tensor.of(name, new long[] {texts.size()}, texts);
    }
}
