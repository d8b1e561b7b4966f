/** SANloc: a public benchmark of fault localization. Read {@link org.lunwarden.fleet.sanloc.Sanloc} first. */
@NullMarked
package org.lunwarden.fleet.sanloc;

import org.jspecify.annotations.NullMarked;
