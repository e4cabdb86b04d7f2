/** The guided tour: start at {@link dev.foretell.cli.demo.DemoCommand}. */
@NullMarked
package dev.foretell.cli.demo;

import org.jspecify.annotations.NullMarked;
