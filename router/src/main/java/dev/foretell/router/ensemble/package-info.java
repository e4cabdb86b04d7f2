/**
 * Ensembles: named recipes over models, which are called like a model; start at
 * {@link dev.foretell.router.ensemble.EnsembleRegistry}.
 */
@NullMarked
package dev.foretell.router.ensemble;

import org.jspecify.annotations.NullMarked;
