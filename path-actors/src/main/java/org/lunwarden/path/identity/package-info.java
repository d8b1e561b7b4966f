/** Which logical unit a disk is. Read {@link org.lunwarden.path.identity.DiskIdentity} first. */
@NullMarked
package org.lunwarden.path.identity;

import org.jspecify.annotations.NullMarked;
