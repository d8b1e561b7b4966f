/** One actor a path: checks it and reports every change. Read {@link org.lunwarden.path.PathActor} first. */
@NullMarked
package org.lunwarden.path;

import org.jspecify.annotations.NullMarked;
