/** The URLs of the task server turbo-winner over the router's tasks; start at {@link dev.foretell.router.http.turbowinner.TurboWinnerApi}. */
@NullMarked
package dev.foretell.router.http.turbowinner;

import org.jspecify.annotations.NullMarked;
