package org.lunwarden.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;

/** An error as RFC 9457 has it, media type {@code application/problem+json}. {@code detail} says what to do about it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemDocument(String type, String title, int status, String detail) {

    static HttpResponse of(StatusCode status, String detail) {
        var problem = new ProblemDocument("about:blank", status.reason(), status.intValue(), detail);
        return HttpResponse.create()
                .withStatus(status)
                .withEntity(HttpEntities.create(
                        ContentTypes.create(MediaTypes.applicationWithFixedCharset(
                                "problem+json", org.apache.pekko.http.javadsl.model.HttpCharsets.UTF_8)),
                        Json.bytes(problem)));
    }

    static HttpResponse notFound(String detail) {
        return of(StatusCodes.NOT_FOUND, detail);
    }

    static HttpResponse badRequest(String detail) {
        return of(StatusCodes.BAD_REQUEST, detail);
    }
}
