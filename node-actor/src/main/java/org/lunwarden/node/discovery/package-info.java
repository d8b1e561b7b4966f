/** Which disks become paths, and why the others do not. Pure. Read {@link org.lunwarden.node.discovery.Candidates} first. */
@NullMarked
package org.lunwarden.node.discovery;

import org.jspecify.annotations.NullMarked;
