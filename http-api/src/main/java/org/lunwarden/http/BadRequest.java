package org.lunwarden.http;

/** What a client sent cannot be used; the message says why. */
final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1;

    BadRequest(String reason) {
        super(reason);
    }
}
