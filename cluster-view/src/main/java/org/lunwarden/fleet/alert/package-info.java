/**
 * What people are told of incidents, and when: pure, time is a parameter. Read {@link org.lunwarden.fleet.alert.Alerts}
 * first.
 */
@NullMarked
package org.lunwarden.fleet.alert;

import org.jspecify.annotations.NullMarked;
