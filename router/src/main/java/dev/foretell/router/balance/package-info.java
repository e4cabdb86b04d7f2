/** Load-balancing policies, pure and synchronous: start at {@link dev.foretell.router.balance.Policy}. */
@NullMarked
package dev.foretell.router.balance;

import org.jspecify.annotations.NullMarked;
