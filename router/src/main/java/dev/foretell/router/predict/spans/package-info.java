/** The spans of a recorded call; start at {@link dev.foretell.router.predict.spans.CallTracer}. */
@NullMarked
package dev.foretell.router.predict.spans;

import org.jspecify.annotations.NullMarked;
