package org.lunwarden.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.apache.pekko.http.javadsl.model.HttpRequest;

/** The query of a request. An unknown or malformed parameter is a {@link BadRequest}: a typo must not widen a search. */
record Query(HttpRequest request) {

    /** @throws BadRequest when the query has a parameter that is not among these, or one twice */
    Query only(String... known) {
        var seen = new java.util.HashSet<String>();
        for (var parameter : request.getUri().query().toList()) {
            if (!Set.of(known).contains(parameter.first())) {
                throw new BadRequest(
                        "no such parameter: " + parameter.first() + "; there are " + String.join(", ", List.of(known)));
            }
            if (!seen.add(parameter.first())) {
                throw new BadRequest("parameter " + parameter.first() + " is given twice");
            }
        }
        return this;
    }

    Optional<String> text(String name) {
        return request.getUri().query().get(name);
    }

    <T> Optional<T> value(String name, Function<String, Optional<T>> parse, String expected) {
        return text(name)
                .map(text ->
                        parse.apply(text).orElseThrow(() -> new BadRequest(name + "=" + text + " is not " + expected)));
    }

    Optional<Boolean> flag(String name) {
        return value(
                name,
                text -> switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.empty();
                },
                "true or false");
    }

    Paging paging() {
        return new Paging(
                number("offset", 0, Integer.MAX_VALUE).orElse(0),
                number("limit", 1, Paging.GREATEST_LIMIT).orElse(Paging.DEFAULT_LIMIT));
    }

    private Optional<Integer> number(String name, int least, int most) {
        return value(
                name,
                text -> text.matches("\\d{1,9}")
                        ? Optional.of(Integer.parseInt(text)).filter(n -> n >= least && n <= most)
                        : Optional.empty(),
                "a number from " + least + " to " + most);
    }
}
