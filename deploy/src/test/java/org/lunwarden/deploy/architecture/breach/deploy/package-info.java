/** Breaks rules on purpose. */
@NullMarked
package org.lunwarden.deploy.architecture.breach.deploy;

import org.jspecify.annotations.NullMarked;
