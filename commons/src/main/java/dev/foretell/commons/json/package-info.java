/** The only JSON mapper; start at {@link dev.foretell.commons.json.Json}. */
@NullMarked
package dev.foretell.commons.json;

import org.jspecify.annotations.NullMarked;
