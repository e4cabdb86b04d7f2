@NullMarked
package dev.foretell.examples.models;

import org.jspecify.annotations.NullMarked;
