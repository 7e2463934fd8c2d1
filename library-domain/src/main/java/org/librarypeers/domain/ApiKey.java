package org.librarypeers.domain;

/**
 * A secret with which a program signs in. Its text form never shows it.
 *
 * @param secret the key itself
 */
public record ApiKey(String secret) {

    /**
     * Checks the key.
     *
     * @throws IllegalArgumentException if there is none, it is longer than 200 characters or holds control characters
     */
    public ApiKey {
        if (secret.isBlank() || secret.length() > 200 || secret.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("API key is empty, too long, or holds control characters");
        }
        secret = secret.strip();
    }

    @Override
    public String toString() {
        return "ApiKey[hidden]";
    }
}
