package dev.foretell.router.http.oip;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.http.oip.model.OipModel;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of Triton's model configuration that describes inputs and outputs, for clients that read it. If the first
 * dimension of all of them is dynamic, it is the batch dimension: then {@code max_batch_size} is set, and {@code dims}
 * describe one item.
 */
@JsonNaming(SnakeCaseStrategy.class)
record TritonConfig(String name, String platform, int maxBatchSize, List<Input> input, List<Output> output) {
    /** Only the body length bounds the batch, but clients need a number. */
    private static final int MAX_ROWS = 65_536;

    /** An input: like an output, plus the layout of its values. */
    record Input(@JsonUnwrapped Output tensor, String format) {
        private static Input of(TensorSpec spec, boolean isBatched) {
            return new Input(Output.of(spec, isBatched), layout(item(spec, isBatched)));
        }
    }

    /** @param reshape omitted if the item has dimensions */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Output(
            String name,
            String dataType,
            List<Long> dims,
            @Nullable Reshape reshape) {
        private static Output of(TensorSpec spec, boolean isBatched) {
            String type = "TYPE_" + (spec.datatype() == Datatype.BYTES ? "STRING" : spec.datatype());
            List<Long> dims = item(spec, isBatched);
            return isBatched && dims.isEmpty()
                    ? new Output(spec.name(), type, List.of(1L), Reshape.TO_NOTHING)
                    : new Output(spec.name(), type, dims, null);
        }
    }

    /** Triton has no items without dimensions; it reshapes them. */
    record Reshape(List<Long> shape) {
        private static final Reshape TO_NOTHING = new Reshape(List.of());
    }

    static TritonConfig of(OipModel model) {
        boolean isBatched = Stream.concat(model.inputs().stream(), model.outputs().stream())
                .allMatch(spec -> !spec.shape().isEmpty() && spec.shape().get(0) == -1);
        return new TritonConfig(
                model.name(),
                model.platform(),
                isBatched ? MAX_ROWS : 0,
                model.inputs().stream().map(spec -> Input.of(spec, isBatched)).toList(),
                model.outputs().stream().map(spec -> Output.of(spec, isBatched)).toList());
    }

    private static List<Long> item(TensorSpec spec, boolean isBatched) {
        return isBatched ? spec.shape().subList(1, spec.shape().size()) : spec.shape();
    }

    /** With three dimensions, one or three channels form an image: before its rows, or after its columns. */
    private static String layout(List<Long> dims) {
        if (dims.size() != 3) {
            return "FORMAT_NONE";
        }
        return isChannels(dims.get(0)) ? "FORMAT_NCHW" : isChannels(dims.get(2)) ? "FORMAT_NHWC" : "FORMAT_NONE";
    }

    private static boolean isChannels(long length) {
        return length == 1 || length == 3;
    }
}
