package org.librarypeers.app.api;

import java.util.List;

/**
 * The settings of the API.
 *
 * @param languages the content languages of the library, the default first
 * @param requestsPerHour the number of requests that an account may make in any hour; 0 for no limit
 * @param maxUploadBytes the maximum size of an uploaded file, in bytes
 * @param userAgent the header {@code User-Agent} of requests to other sites
 */
public record ApiSettings(List<String> languages, int requestsPerHour, long maxUploadBytes, String userAgent) {

    /** Creates settings with a copy of the list. */
    public ApiSettings {
        languages = List.copyOf(languages);
    }
}
