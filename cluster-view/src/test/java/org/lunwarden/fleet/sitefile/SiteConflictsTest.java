package org.lunwarden.fleet.sitefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.sitefile.SiteConflicts.Conflict;
import org.lunwarden.fleet.sitefile.SiteFileReader.Read;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

class SiteConflictsTest {

    private static final Component HOST = new Component(ComponentClass.HOST, "h1");
    private static final Component ONE = new Component(ComponentClass.SWITCH, "a/1");
    private static final Component TWO = new Component(ComponentClass.SWITCH, "a/2");

    @Test
    void whatFitsIsNoConflict() {
        var site = site(
                "names: {host:h1: db}\nsites: {berlin: [host:h1]}\nshared-risks: {feed: [switch:a/1, switch:a/2]}");

        assertThat(SiteConflicts.of(site, Set.of(HOST, ONE, TWO))).isEmpty();
    }

    @Test
    void whatNoHostSeesIsToldOnceWithAllPlacesThatNameIt() {
        var site = site(
                "names: {switch:a/2: edge}\nshared-risks: {feed: [switch:a/1, switch:a/2]}\ngroups: {row: [switch:a/2]}");

        assertThat(SiteConflicts.of(site, Set.of(HOST, ONE)))
                .containsExactly(
                        new Conflict(TWO, "no host sees it; it is named in names, sharedRisk:feed, group:row"),
                        new Conflict(new Component(ComponentClass.GROUP, "row"), "no host sees anything of it"));
    }

    @Test
    void whatContradictsItselfIsToldWithoutALookAtTheFleet() {
        var site = site("names: {switch:a/1: edge, switch:a/2: edge}\nsites: {berlin: [host:h1], potsdam: [host:h1]}\n"
                + "shared-risks: {feed: [switch:a/1, switch:a/2], panel: [switch:a/2, switch:a/1]}");

        assertThat(SiteConflicts.within(site))
                .extracting(conflict -> conflict.about() + " " + conflict.words())
                .containsExactly(
                        HOST + " it is at more than one site: berlin, potsdam",
                        TWO + " it is called 'edge', as switch:a/1 is",
                        new Component(ComponentClass.SHARED_RISK, "panel")
                                + " it has the members of sharedRisk:feed: nothing tells them apart");
    }

    private static SiteFile site(String text) {
        return ((Read.Usable) SiteFileReader.parse(text)).file();
    }

    @Test
    void classesAreOfOneKindOrTheOther() {
        assertThat(List.of(ComponentClass.values()))
                .filteredOn(SiteFile::isSet)
                .containsExactly(ComponentClass.SHARED_RISK, ComponentClass.SITE, ComponentClass.GROUP);
    }
}
