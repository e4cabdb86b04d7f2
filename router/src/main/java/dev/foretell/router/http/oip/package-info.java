/**
 * The Open Inference Protocol v2 and its extensions, over model files and functions; start at
 * {@link dev.foretell.router.http.oip.OipGroup}.
 */
@NullMarked
package dev.foretell.router.http.oip;

import org.jspecify.annotations.NullMarked;
