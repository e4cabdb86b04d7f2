package dev.foretell.router.http.oip.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.commons.wire.WorkerIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A function's arguments and results as tensors. A single value is a tensor of any length, one call for each element; a
 * list is a tensor with as many dimensions.
 *
 * @param open whether the function may take arguments that are not listed
 * @param single names of the outputs that are one value in each result
 */
public record FunctionSignature(List<Argument> arguments, List<TensorSpec> outputs, boolean open, Set<String> single) {
    static final FunctionSignature UNKNOWN = new FunctionSignature(List.of(), List.of(), true, Set.of());

    /** The name of the output if the function returns a single value. */
    public static final String RESULT = "result";

    /** @param depth the nesting of the list that the function takes; 0 for single values, -1 if unknown */
    public record Argument(String name, FunctionType type, int depth) {
        TensorSpec spec() {
            return FunctionSignature.spec(name, type, depth);
        }
    }

    static FunctionSignature of(WorkerIndex.Function function) {
        List<WorkerIndex.Parameter> given = function.parameters();
        List<WorkerIndex.Parameter> parameters = given == null ? List.of() : given;
        List<Argument> arguments = new ArrayList<>();
        boolean open = given == null;
        for (WorkerIndex.Parameter parameter : parameters) {
            String kind = parameter.kind();
            if (kind != null && kind.startsWith("VAR_")) {
                open = true;
            } else {
                arguments.add(argument(parameter));
            }
        }
        JsonNode result = tree(function.result());
        return new FunctionSignature(arguments, outputs(result), open, single(result));
    }

    private static Argument argument(WorkerIndex.Parameter parameter) {
        FunctionType type = FunctionType.of(tree(parameter.schema()), parameter.type());
        return new Argument(parameter.name(), type, type.depth());
    }

    private static JsonNode tree(@Nullable Object schema) {
        return Json.MAPPER.valueToTree(schema);
    }

    /** One output per property of an object with known properties; none if nothing is known. */
    private static List<TensorSpec> outputs(JsonNode schema) {
        FunctionType type = FunctionType.of(schema, null);
        if (schema.path("properties").isObject()) {
            List<TensorSpec> outputs = new ArrayList<>();
            schema.path("properties").properties().forEach(property -> {
                FunctionType each = FunctionType.of(property.getValue(), null);
                outputs.add(spec(property.getKey(), each, each.depth()));
            });
            return outputs;
        }
        return type.isKnown() && !schema.path("type").asText().equals("object")
                ? List.of(spec(RESULT, type, type.depth()))
                : List.of();
    }

    private static Set<String> single(JsonNode schema) {
        return schema.path("properties").properties().stream()
                .filter(property -> FunctionType.of(property.getValue(), null).depth() == 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static TensorSpec spec(String name, FunctionType type, int depth) {
        List<Long> shape =
                IntStream.range(0, Math.max(1, depth)).mapToObj(i -> -1L).toList();
        return new TensorSpec(name, type.datatype(), shape);
    }

    List<TensorSpec> inputs() {
        return arguments.stream().map(Argument::spec).toList();
    }

    public Optional<Argument> argument(String name) {
        return arguments.stream()
                .filter(argument -> argument.name().equals(name))
                .findFirst();
    }
}
