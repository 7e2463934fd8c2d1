package org.librarypeers.app.api;

/** An error that ends the sync of an existing site. */
final class FatalException extends RuntimeException {

    private final transient End end;

    FatalException(String reason, String key, Object value) {
        super(reason + ": " + key + " is " + shown(value));
        this.end = new End(false, reason, key, shown(value));
    }

    End end() {
        return end;
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
