/** Breaks rules on purpose. */
@NullMarked
package org.lunwarden.deploy.architecture.breach.fleet;

import org.jspecify.annotations.NullMarked;
