/**
 * The socket on which commands are given to a daemon on its own host, in the framing of multipathd's. Read {@link
 * org.lunwarden.io.control.ControlSocket} first.
 */
@NullMarked
package org.lunwarden.io.control;

import org.jspecify.annotations.NullMarked;
