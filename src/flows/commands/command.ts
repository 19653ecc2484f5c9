/** What a `/cordon` command is: one file a command, one list (index.ts). */
import type { Notice } from '../../slack/modals/notice.ts';
import type { Click } from '../click.ts';
import type { WorkerPorts } from '../ports.ts';

/** One use of a command. */
export interface Asked {
  readonly click: Click;
  /** What follows the command's name, as it was written. */
  readonly words: readonly string[];
  /** 0 is the first page; more are asked for with the button under an answer. */
  readonly page: number;
}

/**
 * What the person is told. `usage`: the words fit no use of this command, so its uses are told.
 * `told`: the command has answered by itself (a refusal, a modal).
 */
export type Answer = (Notice & { readonly hasNext?: boolean }) | 'usage' | 'told';

export interface Command {
  /** The first word; empty for `/cordon` alone. */
  readonly name: string;
  /** What may follow `/cordon`, one line a use; words in capitals stand for the reader's own. */
  readonly uses: readonly string[];
  /** What it tells or does: plain words, without a full stop. */
  readonly summary: string;
  /** Whose role is asked for before it answers. */
  readonly needs: 'nothing' | 'responder or approver' | 'responder';
  /** Who may, where `answer` asks for a role by itself. */
  readonly who?: string;
  readonly answer: (ports: WorkerPorts, asked: Asked) => Promise<Answer>;
}

/** What one answer has room for: a message has 50 blocks and 12,000 characters. */
export const pageSize = 8;

/** The entries of one page, and whether there are more. */
export const pageOf = <T>(
  all: readonly T[],
  page: number,
): { readonly shown: readonly T[]; readonly hasNext: boolean } => ({
  shown: all.slice(page * pageSize, (page + 1) * pageSize),
  hasNext: all.length > (page + 1) * pageSize,
});
