package org.librarypeers.app.api;

/**
 * The end of a sync by an existing site.
 *
 * @param complete whether it read the whole list
 * @param reason a short reason if it did not, else empty
 * @param key the JSON key, or the address, at which it ended
 * @param value the value found there
 */
record V1SyncEnd(boolean complete, String reason, String key, String value) {

    static final V1SyncEnd COMPLETE = new V1SyncEnd(true, "", "", "");
}
