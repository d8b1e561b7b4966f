/** Breaks rules on purpose. */
@NullMarked
package org.lunwarden.deploy.architecture.breach.path;

import org.jspecify.annotations.NullMarked;
