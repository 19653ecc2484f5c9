/** All answers about one scope, and the few figures that say how it stands. */
import type { Answer, Figure, Scope } from './question.ts';

export interface PostureSection {
  /** The question's id and title. */
  readonly question: string;
  readonly title: string;
  /** When AWS was asked; ISO 8601 UTC. */
  readonly at: string;
  readonly answer: Answer;
}

export interface PostureReport {
  readonly scope: Scope;
  readonly sections: readonly PostureSection[];
  /** The day (YYYY-MM-DD) whose figures are the trend. */
  readonly comparedWith?: string;
}

export interface TitledFigure {
  readonly title: string;
  readonly figure: Figure;
}

/** Figures of one verdict, in the order of the questions. */
export const figuresWith = (
  { sections }: PostureReport,
  verdict: Figure['verdict'],
): readonly TitledFigure[] =>
  sections.flatMap(({ title, answer }) =>
    answer.kind === 'answered'
      ? answer.figures
          .filter((figure) => figure.verdict === verdict)
          .map((figure) => ({ title, figure }))
      : [],
  );

/** Questions all of whose figures are fine. */
export const fineTitles = ({ sections }: PostureReport): readonly string[] =>
  sections.flatMap(({ title, answer }) =>
    answer.kind === 'answered' && answer.figures.every(({ verdict }) => verdict === 'fine')
      ? [title]
      : [],
  );

/** The security score, where it is known. */
export const scoreFigure = ({ sections }: PostureReport): Figure | undefined =>
  sections
    .filter(({ question }) => question === 'security-hub')
    .flatMap(({ answer }) => (answer.kind === 'answered' ? answer.figures : []))
    .find(({ unit }) => unit === '%');

/** When the oldest of the answers was had; ISO 8601 UTC. */
export const oldest = ({ sections }: PostureReport): string | undefined =>
  sections.map(({ at }) => at).sort()[0];
