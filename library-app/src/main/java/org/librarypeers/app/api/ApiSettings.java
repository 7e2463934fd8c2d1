package org.librarypeers.app.api;

import java.util.List;
import java.util.function.Supplier;

/**
 * The settings of the API.
 *
 * @param languages returns the content languages of the library, the default first
 * @param requestsPerHour the number of requests that an account may make in any hour; 0 for no limit
 * @param maxUploadBytes the maximum size of an uploaded file, in bytes
 * @param userAgent returns the header {@code User-Agent} of requests to other sites
 */
public record ApiSettings(
        Supplier<List<String>> languages, int requestsPerHour, long maxUploadBytes, Supplier<String> userAgent) {}
