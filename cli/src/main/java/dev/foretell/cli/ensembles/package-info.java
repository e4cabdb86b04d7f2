/** {@code foretell ensembles}; start at {@link dev.foretell.cli.ensembles.EnsemblesCommand}. */
@NullMarked
package dev.foretell.cli.ensembles;

import org.jspecify.annotations.NullMarked;
