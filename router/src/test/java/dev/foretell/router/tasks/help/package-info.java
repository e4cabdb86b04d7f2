@NullMarked
package dev.foretell.router.tasks.help;

import org.jspecify.annotations.NullMarked;
