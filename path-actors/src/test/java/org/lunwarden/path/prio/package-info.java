/** Tests of priorities. Read {@link org.lunwarden.path.prio.PrioritizerTest} first. */
@NullMarked
package org.lunwarden.path.prio;

import org.jspecify.annotations.NullMarked;
