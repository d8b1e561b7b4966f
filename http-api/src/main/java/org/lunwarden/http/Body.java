package org.lunwarden.http;

import java.io.IOException;

import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.MediaTypes;

import org.lunwarden.model.Component;
import org.lunwarden.model.ComponentClass;

/** What the body of a request says. */
final class Body {

    private Body() {}

    /** A body that is not said to be JSON. A page of another origin could send one without asking. */
    static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotJson() {
            super("the body must be JSON, with its Content-Type");
        }
    }

    /**
     * @throws NotJson when it is not said to be JSON
     * @throws BadRequest when it is none of that shape
     */
    static <T> T read(HttpRequest request, Class<T> shape) {
        if (!request.entity().getContentType().mediaType().equals(MediaTypes.APPLICATION_JSON)) {
            throw new NotJson();
        }
        try {
            var read = Json.MAPPER.readValue(Endpoint.body(request), shape);
            if (read == null) {
                throw new BadRequest("the body must be a JSON object");
            }
            return read;
        } catch (IOException wrong) {
            throw new BadRequest("the body cannot be read: "
                    + String.valueOf(wrong.getMessage()).lines().findFirst().orElse(""));
        }
    }

    static Component component(String kind, String id) {
        return new Component(
                ComponentClass.parse(kind).orElseThrow(() -> new BadRequest("'" + kind + "' is no class of component")),
                id);
    }
}
