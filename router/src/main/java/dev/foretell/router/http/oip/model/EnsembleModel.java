package dev.foretell.router.http.oip.model;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.router.ensemble.Ensemble;
import java.util.List;
import java.util.Optional;

/**
 * An ensemble: it takes what its first member takes.
 *
 * @param members those that there are now
 */
public record EnsembleModel(Ensemble ensemble, List<OipModel> members) implements ArgumentsModel {
    @Override
    public String name() {
        return ensemble.name();
    }

    @Override
    public Optional<String> versionName() {
        return Optional.empty();
    }

    @Override
    public List<String> versions() {
        return List.of();
    }

    @Override
    public String platform() {
        return "ensemble";
    }

    @Override
    public FunctionSignature signature() {
        return EnsembleSignature.of(ensemble, members);
    }

    @Override
    public List<TensorSpec> inputs() {
        return signature().inputs();
    }

    @Override
    public List<TensorSpec> outputs() {
        return signature().outputs();
    }

    /** Whether as many members are as may not be missing. */
    @Override
    public boolean isReady() {
        long ready = members.stream().filter(OipModel::isReady).count();
        return ensemble.members().size() - ready <= ensemble.spare();
    }

    @Override
    public ModelKey key() {
        return ensemble.key();
    }
}
