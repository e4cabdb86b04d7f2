package dev.foretell.router.http.oip;

import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Triton's model configuration says of inputs and outputs, for clients that read it. Where the first dimension of all of them may
 * vary, it is the batch's: then there is a {@code max_batch_size}, and {@code dims} are those of one item.
 */
final class TritonConfig {
    /** There is no bound but that of the body; clients want a number. */
    private static final int MAX_ROWS = 65_536;

    private TritonConfig() {}

    static Map<String, Object> of(OipModel model) {
        boolean isBatched = Stream.concat(model.inputs().stream(), model.outputs().stream())
                .allMatch(spec -> !spec.shape().isEmpty() && spec.shape().get(0) == -1);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("max_batch_size", isBatched ? MAX_ROWS : 0);
        view.put(
                "input",
                model.inputs().stream().map(spec -> input(spec, isBatched)).toList());
        view.put(
                "output",
                model.outputs().stream().map(spec -> describe(spec, isBatched)).toList());
        return view;
    }

    private static Map<String, Object> input(TensorSpec spec, boolean isBatched) {
        Map<String, Object> view = describe(spec, isBatched);
        view.put("format", format(item(spec, isBatched)));
        return view;
    }

    private static Map<String, Object> describe(TensorSpec spec, boolean isBatched) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", spec.name());
        view.put("data_type", "TYPE_" + (spec.datatype() == Datatype.BYTES ? "STRING" : spec.datatype()));
        List<Long> dims = item(spec, isBatched);
        if (isBatched && dims.isEmpty()) { // Triton has no items without dimensions, but items that are reshaped
            view.put("dims", List.of(1));
            view.put("reshape", Map.of("shape", List.of()));
        } else {
            view.put("dims", dims);
        }
        return view;
    }

    private static List<Long> item(TensorSpec spec, boolean isBatched) {
        return isBatched ? spec.shape().subList(1, spec.shape().size()) : spec.shape();
    }

    /** Of three dimensions, one or three channels make a picture: ahead of its rows, or after its columns. */
    private static String format(List<Long> dims) {
        if (dims.size() != 3) {
            return "FORMAT_NONE";
        }
        return isChannels(dims.get(0)) ? "FORMAT_NCHW" : isChannels(dims.get(2)) ? "FORMAT_NHWC" : "FORMAT_NONE";
    }

    private static boolean isChannels(long length) {
        return length == 1 || length == 3;
    }
}
