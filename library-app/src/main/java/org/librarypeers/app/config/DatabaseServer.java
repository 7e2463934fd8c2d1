package org.librarypeers.app.config;

import org.jspecify.annotations.Nullable;

/**
 * A database on a PostgreSQL server.
 *
 * @param url the JDBC URL
 * @param user the user; null if the URL contains it
 * @param password the password; null if none is needed
 */
public record DatabaseServer(
        String url, @Nullable String user, @Nullable String password) {

    /** Returns the URL without its parameters, and the user. Never contains the password. */
    @Override
    public String toString() {
        return url.replaceAll("[?].*", "").replaceAll("//[^/]*@", "//") + " as " + user;
    }
}
