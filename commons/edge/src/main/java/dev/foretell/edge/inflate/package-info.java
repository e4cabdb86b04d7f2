/** Decompresses request bodies piece by piece; start at {@link dev.foretell.edge.inflate.BodyCoding}. */
@NullMarked
package dev.foretell.edge.inflate;

import org.jspecify.annotations.NullMarked;
