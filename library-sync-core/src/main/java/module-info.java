/**
 * The sync core: pulls resources from peers, decides what to do with them, saves them and logs the runs. An embedder
 * implements the ports or starts with the in-memory implementations.
 */
module org.librarypeers.sync {
    requires transitive org.librarypeers.domain;
    requires static transitive org.jspecify;

    exports org.librarypeers.sync;
    exports org.librarypeers.sync.inmemory;
    exports org.librarypeers.sync.accounts;
    exports org.librarypeers.sync.bundles;
    exports org.librarypeers.sync.catalogue;
    exports org.librarypeers.sync.curation;
    exports org.librarypeers.sync.files;
    exports org.librarypeers.sync.library;
    exports org.librarypeers.sync.links;
    exports org.librarypeers.sync.notifications;
    exports org.librarypeers.sync.peer;
    exports org.librarypeers.sync.reports;
    exports org.librarypeers.sync.pictures;
    exports org.librarypeers.sync.storage;
}
