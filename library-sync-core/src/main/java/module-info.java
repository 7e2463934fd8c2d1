/** Pulls from a peer, decides, keeps, logs. Supply the ports, or begin with the in-memory ones. */
module org.librarypeers.sync {
    requires transitive org.librarypeers.domain;
    requires static transitive org.jspecify;

    exports org.librarypeers.sync;
    exports org.librarypeers.sync.inmemory;
    exports org.librarypeers.sync.accounts;
    exports org.librarypeers.sync.catalogue;
    exports org.librarypeers.sync.files;
    exports org.librarypeers.sync.library;
    exports org.librarypeers.sync.peer;
    exports org.librarypeers.sync.storage;
}
