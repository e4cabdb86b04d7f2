/** The pipelines that a search may try, and how new ones come from good ones. */
@NullMarked
package dev.foretell.worker.training.search.space;

import org.jspecify.annotations.NullMarked;
