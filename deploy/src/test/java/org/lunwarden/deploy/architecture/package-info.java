/** The arrows of the architecture, and proof that each rule can fail. Read {@link org.lunwarden.deploy.architecture.Arrows} first. */
@NullMarked
package org.lunwarden.deploy.architecture;

import org.jspecify.annotations.NullMarked;
