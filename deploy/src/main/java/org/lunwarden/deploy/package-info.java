/** Puts the parts together: the main class. Read {@link org.lunwarden.deploy.Distribution} first. */
@NullMarked
package org.lunwarden.deploy;

import org.jspecify.annotations.NullMarked;
