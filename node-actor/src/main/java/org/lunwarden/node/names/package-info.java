/**
 * What maps are called, and the files that remember it. Pure: texts in, texts out. Read
 * {@link org.lunwarden.node.names.Naming} first.
 */
@NullMarked
package org.lunwarden.node.names;

import org.jspecify.annotations.NullMarked;
