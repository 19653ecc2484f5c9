/**
 * Canvases: made with Markdown, shared with channels, written in by people. An app cannot look for one.
 * Facts: https://docs.slack.dev/reference/methods/canvases.create and canvases.access.set
 */
import { type Field, isRecord, optional } from '../../slack/payload.ts';
import { SlackApiError } from './api-error.ts';
import type { Method } from './chat-methods.ts';
import type { Canvas, Memory } from './memory.ts';
import { UiError } from './ui-error.ts';

const scope = 'canvases:write';
/** In characters: 1 MiB. */
const longest = 1_048_576;
const mostChannels = 20;

const demandScope = ({ scopes }: Memory): void => {
  if (!scopes.includes(scope))
    throw new SlackApiError('missing_scope', { needed: scope, provided: scopes.join(',') });
};

const markdownOf = (args: Field): string => {
  const content = args['document_content'];
  if (content === undefined) return '';
  if (!isRecord(content) || content['type'] !== 'markdown')
    throw new SlackApiError('invalid_arguments');
  const { markdown } = content;
  if (typeof markdown !== 'string' || markdown.length > longest)
    throw new SlackApiError('canvas_creation_failed', { detail: "'content' error: too long" });
  const line = markdown.split('\n').findIndex((one) => /^#{4,}\s/.test(one));
  if (line >= 0)
    throw new SlackApiError('canvas_creation_failed', {
      detail: `'content' error: line ${line + 1}: Unsupported block type (Heading)`,
    });
  return markdown;
};

const create: Method = (memory, args) => {
  demandScope(memory);
  const canvas: Canvas = {
    id: `F0CANVAS${memory.next()}`,
    title: optional(args, 'title', 255) ?? '',
    markdown: markdownOf(args),
    writers: [],
    written: [],
  };
  memory.canvases = [...memory.canvases, canvas];
  return { canvas_id: canvas.id };
};

const put = (memory: Memory, canvas: Canvas): void => {
  memory.canvases = memory.canvases.map((one) => (one.id === canvas.id ? canvas : one));
};

const shareWith: Method = (memory, args) => {
  demandScope(memory);
  const canvas = memory.canvases.find(({ id }) => id === args['canvas_id']);
  if (canvas === undefined) throw new SlackApiError('canvas_not_found');
  const channels = args['channel_ids'];
  if (
    args['access_level'] !== 'write' ||
    !Array.isArray(channels) ||
    channels.length === 0 ||
    channels.length > mostChannels ||
    args['user_ids'] !== undefined
  )
    throw new SlackApiError('invalid_parameters');
  for (const id of channels)
    if (!memory.channels.some((known) => known.id === id && !known.foreign))
      throw new SlackApiError('channel_not_found');
  put(memory, { ...canvas, writers: [...new Set([...canvas.writers, ...channels.map(String)])] });
  return {};
};

/** A person of a channel that it is shared with replaces what is in it. Throws `UiError`. */
export const writeCanvas = (
  memory: Memory,
  {
    user,
    canvas: id,
    markdown,
  }: { readonly user: string; readonly canvas: string; readonly markdown: string },
): void => {
  const canvas = memory.canvases.find((one) => one.id === id);
  if (canvas === undefined)
    throw new UiError(`there is no canvas ${id}`, 'GET /slack/state lists them');
  if (canvas.writers.length === 0)
    throw new UiError(`${user} may not write in ${id}`, 'it is shared with no channel yet');
  put(memory, { ...canvas, markdown, written: [...canvas.written, user] });
};

export const canvasMethods: Readonly<Record<string, Method>> = {
  'canvases.create': create,
  'canvases.access.set': shareWith,
};
