package org.librarypeers.app.pictures;

import org.librarypeers.app.outgoing.RefusedAnswerException;
import org.librarypeers.domain.TextCut;
import org.librarypeers.sync.pictures.PictureProblem;

/** Thrown to indicate that a picture cannot be fetched or scaled. */
final class PictureException extends RefusedAnswerException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_DETAIL = 200;

    private final PictureProblem problem;

    /**
     * Creates an exception.
     *
     * @param detail further facts for the staff; control characters are removed, and long texts are cut
     */
    PictureException(PictureProblem problem, String detail) {
        super(line(detail));
        this.problem = problem;
    }

    private static String line(String detail) {
        return TextCut.start(detail.replaceAll("[\\p{Cntrl}\\p{Z}]+", " ").strip(), LONGEST_DETAIL);
    }

    PictureProblem problem() {
        return problem;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
