package dev.foretell.commons.tensor;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A model's declaration of one input or output.
 *
 * @param shape the dimensions; -1 for a dynamic one
 */
public record TensorSpec(String name, Datatype datatype, List<Long> shape) {
    public TensorSpec {
        shape = List.copyOf(shape);
    }

    /**
     * Checks a tensor against this declaration.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT}
     */
    public void require(Tensor tensor) {
        if (tensor.datatype() != datatype) {
            throw Misfit.of(name, datatype.name(), tensor.datatype().name());
        }
        requireShape(tensor.shape());
    }

    void requireShape(long[] given) {
        if (shape.size() != given.length) {
            throw Misfit.of(name, shape.size() + " dimensions " + shape, given.length + " " + Shapes.text(given));
        }
        if (!Shapes.fits(shape, given)) {
            throw Misfit.of(name, "the shape " + shape, Shapes.text(given));
        }
    }

    /**
     * Checks that all inputs of the model are present and match, and that there are no others.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} with the missing or wrong input
     */
    public static void requireAll(List<TensorSpec> specs, List<Tensor> inputs) {
        for (TensorSpec spec : specs) {
            spec.require(inputs.stream()
                    .filter(input -> input.name().equals(spec.name()))
                    .findFirst()
                    .orElseThrow(() ->
                            Misfit.of("the input '" + spec.name() + "' is missing; the model takes " + words(specs))));
        }
        for (Tensor input : inputs) {
            if (specs.stream().noneMatch(spec -> spec.name().equals(input.name()))) {
                throw Misfit.of(input.name(), "there is no such input; the model takes " + words(specs));
            }
        }
    }

    private static String words(List<TensorSpec> specs) {
        return specs.stream()
                .map(spec -> spec.name() + " " + spec.datatype() + " " + spec.shape())
                .collect(Collectors.joining(", "));
    }
}
