/** How a trained model becomes a version of a registered one: start at {@link dev.foretell.router.tasks.release.ModelRelease}. */
@NullMarked
package dev.foretell.router.tasks.release;

import org.jspecify.annotations.NullMarked;
