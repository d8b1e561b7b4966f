/** What an administrator may ask of a host's daemon. Pure. Read {@link org.lunwarden.node.command.AdminCommand} first. */
@NullMarked
package org.lunwarden.node.command;

import org.jspecify.annotations.NullMarked;
