/** What operators see and change; start at {@link dev.foretell.router.http.admin.WorkersMapApi}. */
@NullMarked
package dev.foretell.router.http.admin;

import org.jspecify.annotations.NullMarked;
