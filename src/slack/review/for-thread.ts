/** As much of a review as one message has room for: that is also all that is kept of it in the case. */
import type { Piece, ReviewLine, ReviewSection } from '../../cases/case-review.ts';
import { escaped, unparsed } from '../text.ts';

/** Below Slack's 12,000 for a message, in which the escaped text counts. */
const roomFor = 9000;
/** Of what somebody else wrote, in UTF-16 units. */
const longestPiece = 200;

const cut = (piece: Piece): Piece =>
  'quoted' in piece ? { quoted: unparsed(piece.quoted, longestPiece) } : piece;

const lengthOf = (line: ReviewLine): number =>
  line.reduce(
    (sum, piece) => sum + escaped('quoted' in piece ? piece.quoted : piece.words).length,
    0,
  );

/** The first lines of each section, in their order, and how many more there are. */
export const forThread = (sections: readonly ReviewSection[]): readonly ReviewSection[] => {
  let room = roomFor;
  return sections.map((section) => {
    const lines = section.lines.map((line) => line.map(cut));
    const shown = lines.filter((line) => {
      room -= lengthOf(line);
      return room >= 0;
    });
    const left = lines.length - shown.length;
    return {
      ...section,
      lines: [
        ...shown,
        ...(left > 0
          ? [[{ words: `${left} more: “cordon review” and the record have them` }]]
          : []),
      ],
    };
  });
};
