/** A host's whole configuration, from the text of its files. Read {@link org.lunwarden.conf.load.MultipathConf} first. */
@NullMarked
package org.lunwarden.conf.load;

import org.jspecify.annotations.NullMarked;
