package dev.foretell.router.http.oip.model;

import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.ensemble.Member;
import java.util.List;
import java.util.Set;

/** What an ensemble takes and gives: what its first existing member does, changed by its rule. */
final class EnsembleSignature {
    private static final String LABEL = "label";
    private static final String PROBABILITIES = "probabilities";

    private EnsembleSignature() {}

    static FunctionSignature of(Ensemble ensemble, List<OipModel> members) {
        if (members.isEmpty()) {
            return FunctionSignature.UNKNOWN;
        }
        OipModel first = members.get(0);
        FunctionSignature ofFirst = first instanceof ArgumentsModel model ? model.signature() : ofTensors(first);
        List<TensorSpec> outputs = outputs(ensemble, ofFirst.outputs());
        return new FunctionSignature(ofFirst.arguments(), outputs, ofFirst.open(), ofFirst.single());
    }

    /** A file takes whole tensors, each by its name: all rows go with one call. */
    private static FunctionSignature ofTensors(OipModel file) {
        List<FunctionSignature.Argument> arguments = file.inputs().stream()
                .map(input -> new FunctionSignature.Argument(
                        input.name(),
                        new FunctionType(input.datatype(), input.shape().size(), false, false),
                        input.shape().size()))
                .toList();
        return new FunctionSignature(arguments, file.outputs(), false, Set.of());
    }

    private static List<TensorSpec> outputs(Ensemble ensemble, List<TensorSpec> ofMember) {
        List<TensorSpec> merged = select(ensemble.members().get(0), ofMember);
        return switch (ensemble.merge()) {
            case MEAN, WEIGHTED, MEDIAN ->
                merged.stream().map(EnsembleSignature::asDoubles).toList();
            case MIN, MAX, VOTE, FIRST -> merged;
            case SOFT_VOTE -> ofSoftVote(ensemble, merged);
            case ALL -> List.of();
        };
    }

    private static List<TensorSpec> select(Member member, List<TensorSpec> outputs) {
        return member.output() == null
                ? outputs
                : outputs.stream()
                        .filter(output -> output.name().equals(member.output()))
                        .map(output -> new TensorSpec(FunctionSignature.RESULT, output.datatype(), output.shape()))
                        .toList();
    }

    private static TensorSpec asDoubles(TensorSpec spec) {
        return new TensorSpec(spec.name(), Datatype.FP64, spec.shape());
    }

    /** Members with an output for each class have an object of probabilities, which is JSON text as a tensor. */
    private static List<TensorSpec> ofSoftVote(Ensemble ensemble, List<TensorSpec> probabilities) {
        if (probabilities.isEmpty()) {
            return List.of();
        }
        boolean isByClass = probabilities.size() > 1;
        Datatype label = ensemble.labels().isEmpty() && !isByClass ? Datatype.INT64 : Datatype.BYTES;
        return List.of(
                new TensorSpec(LABEL, label, List.of(-1L)),
                isByClass
                        ? new TensorSpec(PROBABILITIES, Datatype.BYTES, List.of(-1L))
                        : new TensorSpec(
                                PROBABILITIES,
                                Datatype.FP64,
                                probabilities.get(0).shape()));
    }
}
