/**
 * The HTTP adapter: reads other libraries through {@link org.librarypeers.http.HttpPeerClient}, and contains the JSON that
 * client and server share.
 */
module org.librarypeers.http {
    requires dev.failsafe.core;
    requires transitive java.net.http;
    requires static transitive org.jspecify;
    requires transitive org.librarypeers.domain;
    requires transitive org.librarypeers.sync;
    requires transitive tools.jackson.core;
    requires transitive tools.jackson.databind;

    exports org.librarypeers.http;
    exports org.librarypeers.http.wire;
}
