/** Model files: upload, inspection, storage; start at {@link dev.foretell.router.models.files.Uploads}. */
@NullMarked
package dev.foretell.router.models.files;

import org.jspecify.annotations.NullMarked;
