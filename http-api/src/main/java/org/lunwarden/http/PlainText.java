package org.lunwarden.http;

/** Text that terminals, logs and databases take as it is: without control characters and halves of characters. */
final class PlainText {

    private PlainText() {}

    static boolean is(String text) {
        return text.codePoints()
                .noneMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    }
}
