/** Bodies of requests and responses; start at {@link dev.foretell.router.http.message.BodyReader}. */
@NullMarked
package dev.foretell.router.http.message;

import org.jspecify.annotations.NullMarked;
