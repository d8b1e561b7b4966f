/** Which disks are left alone, and by which rule. Read {@link org.lunwarden.conf.blacklist.Blacklist} first. */
@NullMarked
package org.lunwarden.conf.blacklist;

import org.jspecify.annotations.NullMarked;
