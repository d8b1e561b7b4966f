/** Breaks rules on purpose. */
@NullMarked
package org.lunwarden.deploy.architecture.breach.map;

import org.jspecify.annotations.NullMarked;
