/** Breaks rules on purpose. */
@NullMarked
package org.lunwarden.deploy.architecture.breach.conf;

import org.jspecify.annotations.NullMarked;
