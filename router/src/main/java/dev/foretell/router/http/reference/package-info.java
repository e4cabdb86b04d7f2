/** {@code /docs}: the description of the API as a page; start at {@link dev.foretell.router.http.reference.ReferenceApi}. */
@NullMarked
package dev.foretell.router.http.reference;

import org.jspecify.annotations.NullMarked;
