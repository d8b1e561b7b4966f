/** What the tests of actors have in common, in all modules that have actors. */
@NullMarked
package org.lunwarden.kit;

import org.jspecify.annotations.NullMarked;
