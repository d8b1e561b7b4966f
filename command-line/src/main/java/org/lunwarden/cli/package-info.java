/** The command line of Lunwarden. Read {@link org.lunwarden.cli.LunwardenCommand} first. */
@NullMarked
package org.lunwarden.cli;

import org.jspecify.annotations.NullMarked;
