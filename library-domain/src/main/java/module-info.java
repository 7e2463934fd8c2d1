/** The domain model of a library: resources, peers, accounts, sync logs, and the rules that they enforce. */
module org.librarypeers.domain {
    requires static transitive org.jspecify;

    exports org.librarypeers.domain;
}
