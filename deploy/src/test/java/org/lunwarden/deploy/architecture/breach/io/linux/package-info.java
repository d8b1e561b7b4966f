/** Breaks rules on purpose. */
@NullMarked
package org.lunwarden.deploy.architecture.breach.io.linux;

import org.jspecify.annotations.NullMarked;
