package dev.foretell.router.http.oip.model;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.ensemble.Ensemble;
import java.util.List;

/**
 * An ensemble: it takes what its first member takes.
 *
 * @param members those that exist now
 */
public record EnsembleModel(Ensemble ensemble, List<OipModel> members) implements ArgumentsModel {
    @Override
    public String name() {
        return ensemble.name();
    }

    @Override
    public String platform() {
        return "ensemble";
    }

    @Override
    public FunctionSignature signature() {
        return EnsembleSignature.of(ensemble, members);
    }

    /** Whether enough members exist for a response. */
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
