package org.lunwarden.fleet.alert;

import java.time.Duration;

import org.lunwarden.fleet.diagnosis.Names;

/**
 * When what is told.
 *
 * @param link of the views' web server as people reach it, without a slash at its end; empty: no links are told
 * @param least between two notifications of one incident, if it gets worse
 * @param spacing between two notifications of one incident otherwise
 * @param remind an open incident that nobody has acknowledged is told of again after so long
 * @param forgotten an incident that was told of and that the views do not know any more is over after so long
 * @param names for people
 */
public record AlertSettings(
        String link, Duration least, Duration spacing, Duration remind, Duration forgotten, Names names) {

    public static final AlertSettings DEFAULTS = new AlertSettings(
            "", Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofHours(24), Duration.ofMinutes(10), Names.NONE);

    public AlertSettings with(Names others) {
        return new AlertSettings(link, least, spacing, remind, forgotten, others);
    }
}
