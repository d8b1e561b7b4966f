/** Breaks rules on purpose. */
@NullMarked
package org.lunwarden.deploy.architecture.breach.model;

import org.jspecify.annotations.NullMarked;
