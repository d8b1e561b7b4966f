/** Tests of commands that are sent until their answer says something. */
@NullMarked
package org.lunwarden.path.exchange;

import org.jspecify.annotations.NullMarked;
