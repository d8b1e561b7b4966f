/** Breaks rules on purpose. */
@NullMarked
package org.lunwarden.deploy.architecture.breach.io;

import org.jspecify.annotations.NullMarked;
