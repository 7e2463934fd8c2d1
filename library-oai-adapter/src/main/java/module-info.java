/** The OAI adapter: reads repositories as peers through {@link org.librarypeers.oai.OaiPeerClient}. */
module org.librarypeers.oai {
    requires dev.failsafe.core;
    requires static transitive org.jspecify;
    requires transitive java.net.http;
    requires java.xml;
    requires transitive org.librarypeers.domain;
    requires transitive org.librarypeers.sync;

    exports org.librarypeers.oai;
}
