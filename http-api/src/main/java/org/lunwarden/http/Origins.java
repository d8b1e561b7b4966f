package org.lunwarden.http;

import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/**
 * Keeps other sites' pages, open in a browser on this machine, from reading or changing anything: nothing but loopback is
 * served and nobody is authenticated, so that the browser is the only way in from outside.
 */
final class Origins {

    /** The address itself; a name that begins like one would be somebody else's. */
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

    private Origins() {}

    /** Why a request is not served; empty when it is. */
    static Optional<HttpResponse> refusal(HttpRequest request) {
        if (!isLoopbackName(request.getUri().getHost().address())) {
            return Optional.of(ProblemDocument.of(
                    StatusCodes.FORBIDDEN,
                    "only localhost and loopback addresses are served, whatever name leads here"));
        }
        var foreign = request.getHeader("Sec-Fetch-Site")
                .map(HttpHeader::value)
                .filter(site -> !site.equals("same-origin") && !site.equals("none"));
        return foreign.isPresent() && !request.method().equals(HttpMethods.GET)
                ? Optional.of(ProblemDocument.of(StatusCodes.FORBIDDEN, "another site's page may change nothing here"))
                : Optional.empty();
    }

    static boolean isLoopbackName(String name) {
        return name.equals("localhost")
                || name.equals("::1")
                || name.equals("[::1]")
                || LOOPBACK.matcher(name).matches();
    }
}
