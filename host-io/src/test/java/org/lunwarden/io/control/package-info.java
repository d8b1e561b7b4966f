/** Tests of the control socket. Read {@link org.lunwarden.io.control.ControlSocketTest} first. */
@NullMarked
package org.lunwarden.io.control;

import org.jspecify.annotations.NullMarked;
