/** Tests of the checkers. Read {@link org.lunwarden.path.checker.CheckerTest} first. */
@NullMarked
package org.lunwarden.path.checker;

import org.jspecify.annotations.NullMarked;
