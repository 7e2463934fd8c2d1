/** A scheduler that syncs peers at regular intervals and in the background, on any number of nodes. */
@SuppressWarnings("requires-automatic")
module org.librarypeers.sync.scheduler {
    requires transitive java.sql;
    requires transitive org.librarypeers.sync;
    requires com.github.kagkarlsson.scheduler;
    requires org.slf4j;
    requires tools.jackson.databind;

    exports org.librarypeers.sync.scheduler;

    // The state of a peer is stored as JSON.
    opens org.librarypeers.sync.scheduler to
            tools.jackson.databind;
}
