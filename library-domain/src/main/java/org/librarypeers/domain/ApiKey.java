package org.librarypeers.domain;

/**
 * A secret with which a program authenticates. {@link #toString} does not reveal it.
 *
 * @param secret the key, without surrounding white space
 */
public record ApiKey(String secret) {

    /**
     * Validates the key.
     *
     * @throws IllegalArgumentException if the key is blank, has more than 200 characters, or contains control
     *     characters
     */
    public ApiKey {
        if (secret.isBlank() || secret.length() > 200 || secret.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "API key is empty, longer than 200 characters, or contains control characters; copy it again");
        }
        secret = secret.strip();
    }

    @Override
    public String toString() {
        return "ApiKey[hidden]";
    }
}
