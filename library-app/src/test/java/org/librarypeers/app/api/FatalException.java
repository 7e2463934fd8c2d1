package org.librarypeers.app.api;

/** An error that ends the sync of an existing site. */
final class FatalException extends RuntimeException {

    private final transient V1SyncEnd end;

    FatalException(String reason, String key, Object value) {
        super(reason + ": " + key + " is " + shown(value));
        this.end = new V1SyncEnd(false, reason, key, shown(value));
    }

    V1SyncEnd end() {
        return end;
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
