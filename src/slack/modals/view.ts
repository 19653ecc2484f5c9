/** The part of Slack's modal view that Cordon draws. docs.slack.dev/reference/views/modal-views */
import type { KnownBlock, PlainTextElement } from '@slack/types';
import { plain } from '../text.ts';

export interface ModalView {
  readonly type: 'modal';
  readonly callback_id: string;
  readonly title: PlainTextElement;
  readonly blocks: KnownBlock[];
  readonly close?: PlainTextElement;
  readonly submit?: PlainTextElement;
  readonly private_metadata?: string;
  readonly external_id?: string;
}

export interface ModalParts {
  readonly callback: string;
  /** At most 24 characters. */
  readonly title: string;
  readonly blocks: readonly KnownBlock[];
  readonly submit?: string;
  readonly metadata?: string;
  readonly externalId?: string;
}

export const modal = (parts: ModalParts): ModalView => ({
  type: 'modal',
  callback_id: parts.callback,
  title: plain(parts.title, 24),
  close: plain('Close', 24),
  blocks: [...parts.blocks],
  ...(parts.submit ? { submit: plain(parts.submit, 24) } : {}),
  ...(parts.metadata ? { private_metadata: parts.metadata } : {}),
  ...(parts.externalId ? { external_id: parts.externalId } : {}),
});
