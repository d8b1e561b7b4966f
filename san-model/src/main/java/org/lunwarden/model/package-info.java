/** The vocabulary of a SAN as a host sees it. Read {@link org.lunwarden.model.Nexus} first. */
@NullMarked
package org.lunwarden.model;

import org.jspecify.annotations.NullMarked;
