/** {@code /v1/models}: registered models over HTTP; start at {@link dev.foretell.router.http.models.ModelsApi}. */
@NullMarked
package dev.foretell.router.http.models;

import org.jspecify.annotations.NullMarked;
