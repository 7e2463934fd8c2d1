package org.librarypeers.app.v1;

/**
 * How a sync of an existing site ended.
 *
 * @param complete whether it went through the whole list
 * @param reason in a few words why it did not; else empty
 * @param key the key, or the address, at which it ended
 * @param value what was there
 */
record End(boolean complete, String reason, String key, String value) {

    static final End COMPLETE = new End(true, "", "", "");
}
