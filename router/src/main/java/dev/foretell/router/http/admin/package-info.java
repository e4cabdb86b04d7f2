/** Views and changes for operators; start at {@link dev.foretell.router.http.admin.WorkersMapApi}. */
@NullMarked
package dev.foretell.router.http.admin;

import org.jspecify.annotations.NullMarked;
