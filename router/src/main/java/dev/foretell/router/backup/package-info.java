/**
 * Backup and restore of the routers' state and model files as one file: start at {@link
 * dev.foretell.router.backup.Backup} and {@link dev.foretell.router.backup.Restore}.
 */
@NullMarked
package dev.foretell.router.backup;

import org.jspecify.annotations.NullMarked;
