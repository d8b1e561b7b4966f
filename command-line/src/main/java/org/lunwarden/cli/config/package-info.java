/** The daemon's configuration file. Read {@link org.lunwarden.cli.config.DaemonSettings} first. */
@NullMarked
package org.lunwarden.cli.config;

import org.jspecify.annotations.NullMarked;
