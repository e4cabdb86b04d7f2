/** How responses become one: pure rules over JSON; start at {@link dev.foretell.router.ensemble.merge.ResponseMerge}. */
@NullMarked
package dev.foretell.router.ensemble.merge;

import org.jspecify.annotations.NullMarked;
