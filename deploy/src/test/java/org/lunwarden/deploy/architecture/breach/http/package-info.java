/** Breaks rules on purpose. */
@NullMarked
package org.lunwarden.deploy.architecture.breach.http;

import org.jspecify.annotations.NullMarked;
