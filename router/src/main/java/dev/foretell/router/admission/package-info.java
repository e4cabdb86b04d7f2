/** Permits for calls: start at {@link dev.foretell.router.admission.Admission}. */
@NullMarked
package dev.foretell.router.admission;

import org.jspecify.annotations.NullMarked;
