package org.lunwarden.fleet.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lunwarden.fleet.alert.TwoFabrics.START;
import static org.lunwarden.fleet.alert.TwoFabrics.edge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import org.lunwarden.fleet.incident.Incident;
import org.lunwarden.fleet.sitefile.SiteFile;
import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

class MaintenanceTest {

    private final TwoFabrics san = new TwoFabrics(12);

    @Test
    void whatFailsThroughItIsNoIncidentWhileItLastsAndOneWhenItIsOver() {
        san.windows.add(of(edge("b", 12)));
        san.down.add(edge("b", 12));

        assertThat(san.after(Duration.ofMinutes(10)).incidents()).isEmpty();

        var later = san.after(Duration.ofMinutes(51));
        assertThat(later.incidents()).hasSize(1);
        assertThat(later.incidents().getFirst().first().component()).isEqualTo(edge("b", 12));
    }

    @Test
    void whatFailsElsewhereMeanwhileIsAnIncidentOfItsOwn() {
        san.windows.add(of(edge("b", 12)));
        san.down.add(edge("b", 12));
        san.down.add(edge("a", 11));

        var incidents = san.after(Duration.ofMinutes(1)).incidents();

        assertThat(incidents).hasSize(1);
        assertThat(incidents.getFirst().first().component()).isEqualTo(edge("a", 11));
        assertThat(incidents.getFirst().phase()).isEqualTo(Incident.Phase.CONFIRMED);
    }

    @Test
    void aHostThatIsWorkedOnMayLoseItsPaths() {
        san.windows.add(of(new Component(ComponentClass.HOST, "db-01")));
        san.down.add(new Component(ComponentClass.HBA_PORT, "2100a00000000001"));
        san.down.add(new Component(ComponentClass.HBA_PORT, "2100b00000000001"));

        assertThat(san.after(Duration.ofMinutes(1)).incidents()).isEmpty();
    }

    @Test
    void aHostThatIsWorkedOnNeedNotReportAndOthersMust() {
        san.windows.add(of(new Component(ComponentClass.HOST, "db-01")));
        san.silent.add("db-01");

        assertThat(san.after(Duration.ofMinutes(1)).incidents()).isEmpty();

        san.silent.add("db-02");
        var incidents = san.after(Duration.ofMinutes(1)).incidents();
        assertThat(incidents).hasSize(1);
        assertThat(incidents.getFirst().hosts()).extracting(Object::toString).containsExactly("db-02");
    }

    @Test
    void hostsOfASiteOrAGroupThatIsWorkedOnNeedNotReportAndOthersMust() {
        var row = new Component(ComponentClass.GROUP, "row 7");
        san.siteFile = new SiteFile(
                new TreeMap<>(),
                new TreeMap<>(Map.of(row, List.of(new Component(ComponentClass.HOST, "db-01"), edge("b", 12)))));
        san.site = san.siteFile.membership();
        san.windows.add(of(row));
        san.silent.add("db-01");

        assertThat(san.after(Duration.ofMinutes(1)).incidents()).isEmpty();

        san.silent.add("db-02");
        var incidents = san.after(Duration.ofMinutes(1)).incidents();
        assertThat(incidents).hasSize(1);
        assertThat(incidents.getFirst().hosts()).extracting(Object::toString).containsExactly("db-02");
    }

    @Test
    void beforeItBeginsItExplainsNothing() {
        var planned = of(edge("b", 12));
        san.windows.add(new Window(
                planned.id(),
                planned.kind(),
                List.of(),
                planned.components(),
                START.plus(Duration.ofMinutes(30)),
                planned.until(),
                planned.by(),
                planned.reason(),
                planned.createdAt()));
        san.down.add(edge("b", 12));

        assertThat(san.after(Duration.ofMinutes(1)).incidents()).hasSize(1);
    }

    private static Window of(Component component) {
        return new Window(
                "m-1",
                Window.Kind.MAINTENANCE,
                List.of(),
                List.of(component),
                START,
                START.plus(Duration.ofHours(1)),
                "ops",
                "new firmware",
                START);
    }
}
