/** One thing a person did in Slack, after its signature was checked: who, where, and the answer's place. */
import type { AuditDraft } from '../audit/entry.ts';
import { type Authority, authorise, type Need } from '../requests/authority.ts';
import { actorOf, type Person } from '../requests/person.ts';
import type { Target } from '../requests/scope.ts';
import { type Notice, noticeView } from '../slack/modals/notice.ts';
import type { ModalView } from '../slack/modals/view.ts';
import { isoNow, type Ports } from './ports.ts';

export interface Click {
  readonly person: Person;
  /** SHA-256 of the signed request: names this click for ever. */
  readonly digest: string;
  readonly channel?: string;
  readonly threadTs?: string;
  /** Slack's own address for answers to this person there, where Cordon is no member. */
  readonly responseUrl?: string;
  /** The modal it was pressed in. */
  readonly viewId?: string;
  /** The loading modal that web opened for it. */
  readonly externalId?: string;
}

/** What the person is told, and what is kept. */
export interface Refused {
  readonly code: string;
  readonly because: string;
  /** What would be needed, or what to do instead. */
  readonly needed: string;
  /** Slack ids of people and groups who may do it; they are named instead of `needed`. */
  readonly ask?: readonly string[];
  /** Slack user id of the one who came first. */
  readonly who?: string | undefined;
}

type AnswerPorts = Pick<Ports, 'screens' | 'chance' | 'requests'>;

/** In the open modal, else ephemerally where the click was. */
export const answer = async (
  ports: Pick<Ports, 'screens'>,
  click: Click,
  notice: Notice,
): Promise<void> => {
  const place = {
    ...(click.viewId ? { viewId: click.viewId } : {}),
    ...(!click.viewId && click.externalId ? { externalId: click.externalId } : {}),
  };
  const inModal = click.viewId ?? click.externalId;
  if (inModal && (await ports.screens.update(place, noticeView(notice)))) return;
  if (!click.channel) return;
  await ports.screens.ephemeral(
    {
      channel: click.channel,
      user: click.person.user,
      ...(click.threadTs ? { threadTs: click.threadTs } : {}),
      ...(click.responseUrl ? { responseUrl: click.responseUrl } : {}),
    },
    notice,
  );
};

/** Fills the modal of this click; says so where that is not possible. */
export const show = async (
  ports: Pick<Ports, 'screens'>,
  click: Click,
  view: ModalView,
): Promise<void> => {
  const place = click.viewId ? { viewId: click.viewId } : { externalId: click.externalId ?? '' };
  if (await ports.screens.update(place, view)) return;
  const { viewId: _, externalId: __, ...elsewhere } = click;
  await answer(ports, elsewhere, {
    title: 'Press again',
    lines: ['Slack did not show the window in time. Nothing was changed.'],
  });
};

/** Keeps the refusal in the audit and for the person's own list; telling is up to the caller. */
export const keepRefused = async (
  ports: Pick<AnswerPorts, 'chance' | 'requests'>,
  click: Click,
  refused: Refused,
  about: { readonly case?: string; readonly request?: string } = {},
): Promise<void> => {
  const draft: AuditDraft = {
    id: `click/${click.digest}`,
    at: isoNow(ports.chance),
    kind: 'click.refused',
    actor: actorOf(click.person),
    because: refused.because,
    detail: { code: refused.code, needed: refused.needed },
    ...about,
  };
  await ports.requests.note(draft);
  await ports.requests.keepRefusal(click.person.id, click.digest, {
    at: draft.at,
    code: refused.code,
    because: refused.because,
    needed: refused.needed,
  });
};

/** Tells the person and keeps the refusal in the audit. */
export const refuseClick = async (
  ports: AnswerPorts,
  click: Click,
  refused: Refused,
  about: { readonly case?: string; readonly request?: string } = {},
): Promise<void> => {
  await keepRefused(ports, click, refused, about);
  await answer(ports, click, {
    title: 'Not done',
    lines: [refused.because, ...(refused.ask ? [] : [`What it needs: ${refused.needed}`])],
    ...(refused.ask ? { ask: refused.ask } : {}),
    ...(refused.who ? { who: refused.who } : {}),
  });
};

/** Looked up at each step, never remembered from the step before. */
export const authorityOf = async (
  ports: Pick<Ports, 'config' | 'directory'>,
  person: Person,
  need: Need,
  target?: Target,
): Promise<Authority> =>
  authorise(person, need, await ports.directory.standing(person), ports.config, target);

/** Answers true when allowed; otherwise the person has been told. */
export const allowed = async (
  ports: AnswerPorts & Pick<Ports, 'config' | 'directory'>,
  click: Click,
  need: Need,
  about: { readonly case?: string; readonly request?: string } = {},
  target?: Target,
): Promise<string | undefined> => {
  const authority = await authorityOf(ports, click.person, need, target);
  if (authority.kind === 'allowed') return authority.because;
  await refuseClick(ports, click, authority, about);
  return undefined;
};
