package org.lunwarden.fleet.incident;

import static org.lunwarden.fleet.diagnosis.SanPlan.component;
import static org.lunwarden.model.ComponentClass.SWITCH;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.lunwarden.model.Component;

/** Incidents with a history, as a view makes them. */
public final class Stories {

    private static final Component EDGE = component(SWITCH, "A/12");

    private Stories() {}

    /** Confirmed, grown, acknowledged. */
    public static Incident openIncident() {
        var view = new OneView();
        view.at(0).sees(component(SWITCH, "B/13"));
        view.at(2_000).sees(component(SWITCH, "B/13"));
        var id = view.open().id();
        view.say(new Acknowledgement(
                id, "eve", "cable is on its way", Instant.parse("2026-03-01T10:00:05.125Z"), false));
        return view.open();
    }

    public static Incident resolvedIncident() {
        var view = new OneView();
        for (var start : List.of(0, 30_000)) {
            view.at(start).sees(EDGE);
            view.at(start + 2_000).sees();
            view.at(start + 8_000).sees();
        }
        return view.incidents.all().getFirst();
    }

    /** Of one incident that another view had opened before under another id. */
    public static List<Incident> statesOfARenamedIncident() {
        var early = new OneView();
        early.at(0).sees(EDGE);
        var late = new OneView();
        var states = new ArrayList<Incident>();
        for (var step = 0; step < 4; step++) {
            late.at(1_000 + 250L * step).sees(component(SWITCH, "A/1"), EDGE);
            states.add(late.open());
            OneView.agree(early, late);
        }
        return states;
    }
}
