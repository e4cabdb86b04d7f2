/** {@code /v1/ensembles}; start at {@link dev.foretell.router.http.ensembles.EnsemblesApi}. */
@NullMarked
package dev.foretell.router.http.ensembles;

import org.jspecify.annotations.NullMarked;
