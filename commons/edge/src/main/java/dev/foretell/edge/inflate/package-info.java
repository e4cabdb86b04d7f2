/** Decompression of request bodies, one piece at a time; start at {@link dev.foretell.edge.inflate.BodyCoding}. */
@NullMarked
package dev.foretell.edge.inflate;

import org.jspecify.annotations.NullMarked;
