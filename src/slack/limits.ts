/**
 * Slack's limits on whole messages, modals and home tabs: what Slack would refuse, cut or draw
 * wrongly, found before it is sent. Tests run it on every payload, and the simulated workspace
 * refuses with it. What it does not know is a problem.
 * Facts: https://docs.slack.dev/reference/block-kit/blocks, https://docs.slack.dev/reference/views
 */
import { blocksOf, type Surface } from './block-limits.ts';
import { id, plainText } from './element-limits.ts';
import { type Field, isRecord } from './payload.ts';
import {
  type Check,
  complain,
  type Fields,
  type Findings,
  flag,
  list,
  object,
  oneOf,
  type Problem,
  text,
  token,
} from './shape.ts';

/** Slack fails with `msg_blocks_too_long` at about 13,200 characters (bolt-js#2509). */
const messageTextBudget = 12_000;
/** docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
const mostCharts = 2;

/**
 * Everything wrong with `payload`; empty when Slack would take it. A message is what is given to
 * `chat.postMessage`, `chat.update` or `chat.postEphemeral` (without the token); a modal or home
 * tab is the view itself.
 */
export const problems = (surface: Surface, payload: unknown): readonly Problem[] => {
  const findings: Findings = { problems: [], text: 0 };
  shapes[surface](payload, '', findings);
  if (isRecord(payload)) {
    uniqueIds(payload, findings);
    wholeRules[surface](payload, findings);
  }
  return findings.problems;
};

const metadataValue: Check = (value, pointer, findings) => {
  const flat = (entry: unknown) => ['string', 'number', 'boolean'].includes(typeof entry);
  const oneLevel = typeof value === 'object' && value !== null && Object.values(value).every(flat);
  if (!flat(value) && !oneLevel) complain(findings, pointer, 'is deeper than one level');
};
const metadata = object({
  event_type: id,
  event_payload: (value, pointer, findings) => {
    if (!isRecord(value)) return complain(findings, pointer, 'is not an object');
    for (const [name, entry] of Object.entries(value)) {
      metadataValue(entry, `${pointer}/${name}`, findings);
    }
  },
});

const ts = token(30, /^\d+\.\d+$/);
const viewFields: Fields = {
  private_metadata: token(3000),
  callback_id: id,
  external_id: id,
};

const shapes: Readonly<Record<Surface, Check>> = {
  message: object(
    // Blocks without it have no notification and nothing for screen readers. 4,000 is Slack's advice.
    { text: (value, pointer, findings) => text(4000)(value, pointer, { ...findings }) },
    {
      channel: id,
      user: id,
      ts,
      thread_ts: ts,
      blocks: list(blocksOf.message, 1, 50),
      metadata,
      reply_broadcast: flag,
      unfurl_links: flag,
      unfurl_media: flag,
      parse: oneOf('none'),
      link_names: flag,
      response_type: oneOf('ephemeral', 'in_channel'),
      replace_original: flag,
      delete_original: flag,
    },
  ),
  modal: object(
    { type: oneOf('modal'), title: plainText(24), blocks: list(blocksOf.modal, 1, 100) },
    {
      ...viewFields,
      submit: plainText(24),
      close: plainText(24),
      clear_on_close: flag,
      notify_on_close: flag,
    },
  ),
  home: object({ type: oneOf('home'), blocks: list(blocksOf.home, 1, 100) }, viewFields),
};

const wholeRules: Readonly<Record<Surface, (payload: Field, findings: Findings) => void>> = {
  message: (payload, findings) => {
    const charts = blocksIn(payload).filter(({ type }) => type === 'data_visualization');
    if (charts.length > mostCharts)
      complain(findings, '/blocks', `hold ${charts.length} charts, at most ${mostCharts}`);
    if (findings.text > messageTextBudget) {
      const problem = `hold ${findings.text} characters of text, at most ${messageTextBudget}`;
      complain(findings, '/blocks', problem);
    }
  },
  modal: (payload, findings) => {
    const hasInput = blocksIn(payload).some((block) => block['type'] === 'input');
    if (hasInput && payload['submit'] === undefined) {
      complain(findings, '', 'lacks submit, which a modal with an input block needs');
    }
  },
  home: () => {},
};

const blocksIn = (payload: Field): readonly Field[] =>
  Array.isArray(payload['blocks']) ? payload['blocks'].filter(isRecord) : [];

/** A block_id is unique in its message or view, an action_id in its block. */
const uniqueIds = (payload: Field, findings: Findings): void => {
  const blockIds = new Set<unknown>();
  for (const [index, block] of blocksIn(payload).entries()) {
    const pointer = `/blocks/${index}`;
    const blockId = block['block_id'];
    if (blockId !== undefined && blockIds.has(blockId)) {
      complain(findings, `${pointer}/block_id`, 'is used by another block');
    }
    blockIds.add(blockId);
    const actionIds = controlsIn(block).map((control) => control['action_id']);
    const repeated = actionIds.find(
      (each, at) => each !== undefined && actionIds.indexOf(each) < at,
    );
    if (repeated !== undefined) {
      complain(findings, pointer, `uses action_id ${String(repeated)} more than once`);
    }
  }
};

const controlsIn = (block: Field): readonly Field[] =>
  [block['elements'], block['actions'], block['accessory'], block['element']]
    .flat()
    .filter(isRecord);
