/** What a path crosses, as far as its host can see. Pure. Read {@link org.lunwarden.node.topology.NexusFacts} first. */
@NullMarked
package org.lunwarden.node.topology;

import org.jspecify.annotations.NullMarked;
