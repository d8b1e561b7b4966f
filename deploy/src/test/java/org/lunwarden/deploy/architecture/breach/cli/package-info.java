/** Breaks rules on purpose. */
@NullMarked
package org.lunwarden.deploy.architecture.breach.cli;

import org.jspecify.annotations.NullMarked;
