/** The dashboard's server side: start at {@link dev.foretell.router.http.dashboard.DashboardApi}. */
@NullMarked
package dev.foretell.router.http.dashboard;

import org.jspecify.annotations.NullMarked;
