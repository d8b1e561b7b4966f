/** Tests of identity. Read {@link org.lunwarden.path.identity.DiskIdentityTest} first. */
@NullMarked
package org.lunwarden.path.identity;

import org.jspecify.annotations.NullMarked;
