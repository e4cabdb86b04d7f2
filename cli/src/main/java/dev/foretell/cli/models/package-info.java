/** {@code foretell models}: start at {@link dev.foretell.cli.models.ModelsCommand}. */
@NullMarked
package dev.foretell.cli.models;

import org.jspecify.annotations.NullMarked;
