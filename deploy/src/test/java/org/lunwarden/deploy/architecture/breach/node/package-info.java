/** Breaks rules on purpose. */
@NullMarked
package org.lunwarden.deploy.architecture.breach.node;

import org.jspecify.annotations.NullMarked;
