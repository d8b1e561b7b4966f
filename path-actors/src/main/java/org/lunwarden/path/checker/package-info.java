/** What is sent to a path to check it, and what an answer means. Read {@link org.lunwarden.path.checker.Checker} first. */
@NullMarked
package org.lunwarden.path.checker;

import org.jspecify.annotations.NullMarked;
