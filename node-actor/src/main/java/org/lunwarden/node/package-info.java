/** The guardian of a host: it finds paths, watches over the actors of paths and maps, and tells the fleet. Read {@link org.lunwarden.node.Node} first. */
@NullMarked
package org.lunwarden.node;

import org.jspecify.annotations.NullMarked;
