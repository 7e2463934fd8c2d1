package org.librarypeers.app.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern HOSTS = Pattern.compile("^jdbc:postgresql://(?:[^/?@]*@)?([^/?@]+)");

    /** Returns the hosts in the URL, each with its port if the URL has one. Empty if the URL names no host. */
    public List<String> hosts() {
        Matcher hosts = HOSTS.matcher(url);
        return hosts.find() ? List.of(hosts.group(1).split(",")) : List.of();
    }

    /** Returns the URL without its parameters, and the user. Never contains the password. */
    @Override
    public String toString() {
        return url.replaceAll("[?].*", "").replaceAll("//[^/]*@", "//") + " as " + user;
    }
}
