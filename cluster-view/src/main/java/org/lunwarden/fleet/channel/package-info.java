/**
 * Where people are told of incidents: Alertmanager, webhooks, syslog, e-mail. Blocking; whoever sends calls from a thread
 * of its own. Read {@link org.lunwarden.fleet.channel.Channel} first.
 */
@NullMarked
package org.lunwarden.fleet.channel;

import org.jspecify.annotations.NullMarked;
