package dev.foretell.router.http.ensembles;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.ensemble.EnsembleCheck;
import java.util.List;

/**
 * An ensemble as callers see it: its recipe, which they can send again as it is, and what has become of its members.
 *
 * @param missing names of the members whose models are not there any more
 */
record EnsembleView(@JsonUnwrapped Ensemble recipe, List<String> missing) {
    static EnsembleView of(Ensemble ensemble, EnsembleCheck check) {
        return new EnsembleView(ensemble, check.missing(ensemble));
    }
}
