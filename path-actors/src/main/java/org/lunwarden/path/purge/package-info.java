/** When a device whose unit is no longer mapped may be taken from the host. Read {@link org.lunwarden.path.purge.Quarantine}. */
@NullMarked
package org.lunwarden.path.purge;

import org.jspecify.annotations.NullMarked;
