/**
 * Runs the commands of README and docs; start at {@link dev.foretell.pages.PagesTest}. How a page says what runs is in
 * docs/CONTRIBUTING.md.
 */
@NullMarked
package dev.foretell.pages;

import org.jspecify.annotations.NullMarked;
