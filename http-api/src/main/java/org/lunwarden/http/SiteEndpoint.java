package org.lunwarden.http;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

import org.lunwarden.fleet.FleetSnapshot;
import org.lunwarden.fleet.FleetView;
import org.lunwarden.fleet.sitefile.SiteConflicts;
import org.lunwarden.fleet.sitefile.SiteConflicts.Conflict;
import org.lunwarden.fleet.sitefile.SiteFile;
import org.lunwarden.model.Component;

/** What the site file of this view says, and where it does not fit to what hosts see. */
record SiteEndpoint(FleetView view) {

    /** What a component is called. */
    record NameJson(Component component, String name) {}

    /** A site, a group or a shared risk. */
    record SetJson(Component component, List<Component> members) {}

    /** The whole. */
    record SiteJson(
            String digest,
            List<NameJson> names,
            List<SetJson> sets,
            List<Conflict> conflicts,
            List<String> viewsWithAnother) {

        static SiteJson of(SiteFile site, FleetSnapshot fleet, List<String> viewsWithAnother) {
            return new SiteJson(
                    site.digest(),
                    site.names().entrySet().stream()
                            .map(name -> new NameJson(name.getKey(), name.getValue()))
                            .toList(),
                    site.sets().entrySet().stream()
                            .map(set -> new SetJson(set.getKey(), set.getValue()))
                            .toList(),
                    SiteConflicts.of(site, fleet),
                    viewsWithAnother);
        }
    }

    List<Endpoint> all() {
        return List.of(Endpoint.get("/api/v1/site", this::site));
    }

    private CompletionStage<HttpResponse> site(HttpRequest request) {
        new Query(request).only();
        return view.snapshot()
                .thenApplyAsync(fleet ->
                        Json.response(StatusCodes.OK, SiteJson.of(view.site(), fleet, view.viewsWithAnotherSite())));
    }
}
