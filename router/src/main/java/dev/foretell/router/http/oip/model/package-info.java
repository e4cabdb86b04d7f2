/**
 * Files, functions and ensembles as models of the Open Inference Protocol, with their tensors; start at
 * {@link dev.foretell.router.http.oip.model.OipModels}.
 */
@NullMarked
package dev.foretell.router.http.oip.model;

import org.jspecify.annotations.NullMarked;
