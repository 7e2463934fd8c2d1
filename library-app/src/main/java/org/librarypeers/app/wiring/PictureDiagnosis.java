package org.librarypeers.app.wiring;

import org.librarypeers.app.wiring.Doctor.Finding;
import org.librarypeers.app.wiring.Doctor.Level;
import org.librarypeers.domain.Count;
import org.librarypeers.sync.pictures.PictureCounts;
import org.librarypeers.sync.pictures.PictureRepository;

/** The part of an examination that is about pictures. */
final class PictureDiagnosis {

    private PictureDiagnosis() {}

    /** Returns the findings about the pictures that are not shown. */
    static Finding of(PictureRepository pictures, boolean fetches) {
        PictureCounts counts = pictures.counts();
        String found = count(counts.waiting()) + " waiting to be fetched, " + count(counts.failed())
                + " given up; the page /pictures shows why";
        return new Finding(
                Level.OK,
                "pictures",
                fetches ? found : "not fetched; set pictures.fetch to true to change that (" + found + ")");
    }

    private static String count(long number) {
        return (number >= PictureCounts.MAX ? "at least " : "") + Count.of(number, "picture");
    }
}
