package org.librarypeers.sync.pictures;

import java.util.List;

/**
 * The two copies of a picture that pages show. They are the same copy if the picture is small.
 *
 * @param small the copy for lists
 * @param large the copy for the page of the resource
 */
public record PictureCopies(PictureCopy small, PictureCopy large) {

    /** Returns the addresses of the files of both copies, without duplicates. */
    public List<String> files() {
        return small.sha256().equals(large.sha256())
                ? List.of(small.sha256())
                : List.of(small.sha256(), large.sha256());
    }
}
