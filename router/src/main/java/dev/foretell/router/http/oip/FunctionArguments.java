package dev.foretell.router.http.oip;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorJson;
import dev.foretell.router.http.oip.model.FunctionSignature;
import dev.foretell.router.http.oip.model.FunctionSignature.Argument;
import dev.foretell.router.http.oip.model.FunctionType;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Converts the inputs of a request to the arguments of a function. An input with one dimension more than its argument
 * contains rows, one call for each; the other inputs go with every call.
 */
final class FunctionArguments {
    static final int MAX_CALLS = 1000;
    /** Bounds the inputs that go with every call, summed over all calls. */
    private static final long MAX_REPEATED_BYTES = 64L << 20;

    private final List<Named> inputs;
    private final int rows;

    private record Named(Tensor tensor, @Nullable Argument argument, boolean inRows) {
        long bytes() {
            return tensor.numbers().remaining()
                    + tensor.strings().stream()
                            .mapToLong(string -> string.length)
                            .sum();
        }
    }

    /** @param rows -1 if no input contains rows */
    private FunctionArguments(List<Named> inputs, int rows) {
        this.inputs = inputs;
        this.rows = rows;
    }

    /** @throws ServingException {@link FailureKind#INVALID_INPUT} with the input that does not fit */
    static FunctionArguments of(List<Tensor> tensors, FunctionSignature signature) {
        List<Named> inputs = new ArrayList<>();
        int rows = -1;
        for (Tensor tensor : tensors) {
            Named input = toNamed(tensor, signature);
            inputs.add(input);
            if (input.inRows()) {
                rows = rows(tensor, rows);
            }
        }
        requireSmall(inputs, rows);
        return new FunctionArguments(inputs, rows);
    }

    private static Named toNamed(Tensor tensor, FunctionSignature signature) {
        Optional<Argument> argument = signature.argument(tensor.name());
        if (argument.isEmpty() && !signature.open()) {
            throw wrong(
                    tensor,
                    "one of the inputs "
                            + signature.arguments().stream().map(Argument::name).toList(),
                    "another");
        }
        int rank = tensor.shape().length;
        int depth = argument.map(Argument::depth).filter(known -> known >= 0).orElse(Math.max(0, rank - 1));
        if (rank != depth && rank != depth + 1) {
            throw wrong(tensor, depth + " or " + (depth + 1) + " dimensions", Arrays.toString(tensor.shape()));
        }
        return new Named(tensor, argument.orElse(null), rank == depth + 1);
    }

    private static int rows(Tensor tensor, int before) {
        long rows = tensor.shape()[0];
        if (before >= 0 && rows != before) {
            throw wrong(tensor, "as many rows as other inputs have, " + before, rows + "");
        }
        if (rows < 1 || rows > MAX_CALLS) {
            throw wrong(tensor, "1 to " + MAX_CALLS + " elements, one call for each", rows + "");
        }
        return (int) rows;
    }

    private static void requireSmall(List<Named> inputs, int rows) {
        long repeated = inputs.stream()
                .filter(input -> !input.inRows())
                .mapToLong(Named::bytes)
                .sum();
        if (repeated * Math.max(1, rows) > MAX_REPEATED_BYTES) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "the inputs that go with each of " + rows + " calls are too long; send fewer rows at once");
        }
    }

    private static ServingException wrong(Tensor tensor, String expected, String got) {
        return new ServingException(
                FailureKind.INVALID_INPUT, "tensor '" + tensor.name() + "': expected " + expected + ", got " + got);
    }

    /** Whether the results are rows too. */
    boolean areRows() {
        return rows >= 0;
    }

    int calls() {
        return Math.max(1, rows);
    }

    /** The arguments of one call by name. */
    Buffer of(int call) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (JsonGenerator out = Json.FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            for (Named input : inputs) {
                out.writeFieldName(input.tensor().name());
                write(out, input, call);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static void write(JsonGenerator out, Named input, int call) throws IOException {
        Tensor tensor = input.tensor();
        FunctionType type = input.argument() == null ? null : input.argument().type();
        boolean single = tensor.shape().length == (input.inRows() ? 1 : 0);
        if (single && tensor.datatype() == Datatype.BYTES && type != null && (type.isBase64() || type.isJson())) {
            byte[] bytes = tensor.strings().get(input.inRows() ? call : 0);
            if (type.isBase64()) {
                out.writeString(Base64.getEncoder().encodeToString(bytes));
            } else {
                out.writeRawValue(Json.readTree(bytes).toString());
            }
        } else if (input.inRows()) {
            TensorJson.writeRow(out, tensor, call);
        } else {
            TensorJson.writeNested(out, tensor);
        }
    }
}
