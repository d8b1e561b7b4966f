package org.lunwarden.http;

/** Which part of a list is wanted: from {@code offset}, 1 to 10,000 items. */
record Paging(int offset, int limit) {

    static final int DEFAULT_LIMIT = 1_000;
    static final int GREATEST_LIMIT = 10_000;
}
