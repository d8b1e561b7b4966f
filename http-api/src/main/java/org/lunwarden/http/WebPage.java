package org.lunwarden.http;

import java.util.Map;

import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.PathMatchers;
import org.apache.pekko.http.javadsl.server.Route;

/** The page that shows the fleet: a few files, no build, nothing loaded from elsewhere. */
final class WebPage {

    private static final ContentType SCRIPT =
            ContentTypes.create(MediaTypes.APPLICATION_JAVASCRIPT, HttpCharsets.UTF_8);
    private static final ContentType STYLE = ContentTypes.create(MediaTypes.TEXT_CSS, HttpCharsets.UTF_8);
    private static final ContentType DRAWING = MediaTypes.IMAGE_SVG_XML.toContentType();

    private static final Map<String, ContentType> FILES = Map.ofEntries(
            Map.entry("index.html", ContentTypes.TEXT_HTML_UTF8),
            Map.entry("page.css", STYLE),
            Map.entry("icon.svg", DRAWING),
            Map.entry("page.js", SCRIPT),
            Map.entry("dom.js", SCRIPT),
            Map.entry("fleet.js", SCRIPT),
            Map.entry("structure.js", SCRIPT),
            Map.entry("picture.js", SCRIPT),
            Map.entry("incidents.js", SCRIPT),
            Map.entry("failback.js", SCRIPT),
            Map.entry("chosen.js", SCRIPT),
            Map.entry("events.js", SCRIPT));

    private WebPage() {}

    static Route route() {
        var named = Directives.pathPrefix(
                "page",
                () -> Directives.path(
                        PathMatchers.segment(), name -> FILES.containsKey(name) ? file(name) : Directives.reject()));
        return Directives.concat(Directives.pathSingleSlash(() -> file("index.html")), named);
    }

    private static Route file(String name) {
        var body = OpenApiDocument.resource("page/" + name);
        var response = HttpResponse.create()
                .withEntity(HttpEntities.create(FILES.getOrDefault(name, ContentTypes.APPLICATION_OCTET_STREAM), body))
                .addHeader(RawHeader.create("Cache-Control", "no-cache"))
                .addHeader(RawHeader.create("X-Content-Type-Options", "nosniff"))
                .addHeader(RawHeader.create(
                        "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'"));
        return Directives.method(HttpMethods.GET, () -> Directives.complete(response));
    }
}
