package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** A rejection of a request. It holds the response to send. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Our own error code for data that cannot be saved. Existing sites use codes below 7000. */
    static final int INVALID = 9000;

    private final transient RefusalResponse answer;
    private final boolean counts;

    /** A writer of the response. */
    private interface RefusalResponse {
        void to(Context ctx);
    }

    private RefusedException(String message, boolean counts, RefusalResponse answer) {
        super(message);
        this.answer = answer;
        this.counts = counts;
    }

    /** Returns a 400 for an invalid parameter or body. The message is sent to the caller. */
    static RefusedException badRequest(String message) {
        return new RefusedException(message, false, ctx -> OrbResponses.badRequest(ctx, message));
    }

    /** Returns a 400 for an incomplete or invalid upload. The message is sent to the caller. */
    static RefusedException upload(String message) {
        return new RefusedException(message, false, ctx -> OrbResponses.badUpload(ctx, 400, message));
    }

    /** Returns a 400 for well-formed data that is rejected. As on existing sites, the error is JSON inside a string. */
    static RefusedException data(int code, String message) {
        return data(code, message, Map.of());
    }

    /** Returns the same error as {@link #data(int, String)}, with additional fields. */
    static RefusedException data(int code, String message, Map<String, Object> more) {
        return badRequest(coded(code, message, more));
    }

    /** Returns the JSON object that existing sites put inside a string: a message and its code, with the same spaces. */
    static String coded(int code, String message) {
        return coded(code, message, Map.of());
    }

    private static String coded(int code, String message, Map<String, Object> more) {
        Map<String, Object> error = new LinkedHashMap<>(more);
        error.put("message", message);
        error.put("code", code);
        return error.entrySet().stream()
                .map(each -> JSON.writeValueAsString(each.getKey()) + ": " + JSON.writeValueAsString(each.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /**
     * Returns an error for data that this library cannot save, for a reason for which existing sites have no code. It has the
     * form of {@link #data(int, String)}, because clients parse the text of every 400 response to a POST or a PUT.
     *
     * @param message the field, the value, and the expected form
     */
    static RefusedException invalid(String message) {
        return data(INVALID, message);
    }

    /** Returns a 401: the credentials are missing, wrong, or do not permit the request. */
    static RefusedException unauthorized() {
        return new RefusedException("unauthorized", false, OrbResponses::unauthorized);
    }

    /** Returns a 404: the object does not exist, or the caller may not see it. */
    static RefusedException notFound() {
        return new RefusedException("not found", true, OrbResponses::notFound);
    }

    /** Returns the generic error that existing sites send for an address or a parameter that they cannot process. */
    static RefusedException notProcessed(int status) {
        return new RefusedException("not processed", false, ctx -> OrbResponses.couldNotBeProcessed(ctx, status));
    }

    /** Returns whether the request counts towards the quota, as it does on existing sites. */
    boolean counts() {
        return counts;
    }

    void answer(Context ctx) {
        answer.to(ctx);
    }
}
