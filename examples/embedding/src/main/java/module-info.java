/** An application that embeds the sync, with a storage of its own. */
module org.librarypeers.examples.embedding {
    requires java.sql;
    requires org.librarypeers.http;
    requires org.librarypeers.sync;
    requires tools.jackson.databind;
    requires static org.jspecify;

    // java.sql finds the driver of SQLite on the module path by itself.

    // Jackson reads and writes the rows of the storage.
    opens org.librarypeers.examples.embedding to
            tools.jackson.databind;
}
