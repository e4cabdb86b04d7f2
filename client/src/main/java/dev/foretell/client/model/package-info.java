/** What routers tell of their models; start at {@link dev.foretell.client.model.ModelStatus}. */
@NullMarked
package dev.foretell.client.model;

import org.jspecify.annotations.NullMarked;
