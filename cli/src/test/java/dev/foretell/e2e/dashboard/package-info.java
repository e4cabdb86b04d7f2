/**
 * The dashboard in a real browser, at a real router with real workers. Start with {@link
 * dev.foretell.e2e.dashboard.DashboardTest}.
 */
@NullMarked
package dev.foretell.e2e.dashboard;

import org.jspecify.annotations.NullMarked;
