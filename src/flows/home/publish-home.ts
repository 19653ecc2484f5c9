/**
 * The home tab: published when somebody looks at it, and again when it differs while they may still be
 * looking. What Slack shows is kept as a hash, so a home that did not change costs no call of Slack.
 */
import { canonicalJson, sha256 } from '../../audit/chain.ts';
import { errorInWords } from '../../execution/error-in-words.ts';
import { authorise, standingRefusal } from '../../requests/authority.ts';
import { type Person, personOf } from '../../requests/person.ts';
import { type HomeSection, type HomeView, homeView } from '../../slack/home/home-view.ts';
import { type Home, watchedMs } from '../../store/homes.ts';
import { balanceBetween } from '../looking/delivery.ts';
import {
  awaits,
  casesOf,
  openCaseIds,
  openFollowUps,
  openRequests,
} from '../looking/work-at-hand.ts';
import { isoIn, isoNow, type WorkerPorts } from '../ports.ts';
import { type HomeFacts, homeSections, ownFollowUps } from './home-sections.ts';
import { postureSection } from './posture-section.ts';

type SharedFacts = Omit<HomeFacts, 'approvals' | 'mine'>;

const dayMs = 86_400_000;
const mostDirty = 25;

/** The same for everybody, read once however many look at it. */
const sharedFacts = async (ports: WorkerPorts): Promise<SharedFacts> => {
  const now = isoNow(ports.chance);
  const [ids, requests, suppressions, posture, balance, dirty, followUps] = await Promise.all([
    openCaseIds(ports),
    openRequests(ports),
    ports.suppressions.active(now),
    postureSection(ports),
    balanceBetween(ports, isoIn(ports.chance, -dayMs), now).catch(errorInWords),
    ports.cases.dirty(mostDirty),
    openFollowUps(ports),
  ]);
  return {
    config: ports.config,
    now: ports.chance.now(),
    open: await casesOf(ports, ids),
    requests,
    followUps,
    suppressions,
    posture,
    balance,
    waiting: dirty.length,
  };
};

const forNobody = (because: string, needed: string): readonly HomeSection[] => [
  {
    id: 'no-role',
    title: 'Cordon',
    lines: [
      because,
      `What it needs: ${needed}.`,
      '/cordon whoami tells what you may do, /cordon help what you can ask.',
    ],
    entries: [],
  },
];

const viewFor = async (
  ports: WorkerPorts,
  person: Person,
  shared: () => Promise<SharedFacts>,
): Promise<HomeView> => {
  const standing = await ports.directory.standing(person);
  const look = authorise(person, 'look', standing, ports.config);
  const approve = authorise(person, 'approve', standing, ports.config);
  if (look.kind === 'refused') {
    const own = standingRefusal(person, standing, ports.config)
      ? []
      : (await openFollowUps(ports)).filter(({ owner }) => owner === person.user);
    return homeView([
      ...forNobody(look.because, look.needed),
      ...ownFollowUps(own, ports.chance.now()),
    ]);
  }
  const facts = await shared();
  return homeView(
    homeSections({
      ...facts,
      approvals:
        approve.kind === 'allowed'
          ? facts.requests.filter((request) => awaits(request, person))
          : [],
      followUps: facts.followUps.filter(({ owner }) => owner === person.user),
      mine: facts.open.filter(({ assignee }) => assignee === person.user),
    }),
  );
};

const drawnHash = (view: HomeView): string => sha256(canonicalJson(view)).slice(0, 32);

/** Publishes where Slack does not show this view; what it could not take is tried at the next change. */
const publish = async (
  ports: WorkerPorts,
  home: Home,
  shared: () => Promise<SharedFacts>,
): Promise<void> => {
  const person = personOf(ports.config.identities, home.team, home.user);
  const view = await viewFor(ports, person, shared);
  const drawn = drawnHash(view);
  if (drawn === home.drawn) return;
  if (await ports.screens.home(home.user, view)) await ports.homes.drew({ ...home, drawn });
};

const once = <T>(read: () => Promise<T>): (() => Promise<T>) => {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
};

/** Somebody looks at it. */
export const openHome = async (
  ports: WorkerPorts,
  { team, user }: Pick<Person, 'team' | 'user'>,
): Promise<void> => {
  const before = await ports.homes.get(user);
  const home: Home = { user, team, openedAt: isoNow(ports.chance), drawn: before?.drawn ?? '' };
  await ports.homes.opened(home);
  await publish(
    ports,
    home,
    once(() => sharedFacts(ports)),
  );
};

/** Whoever looked at it lately sees what has changed. One query when nobody did. */
export const refreshHomes = async (ports: WorkerPorts): Promise<void> => {
  const watched = await ports.homes.openedSince(isoIn(ports.chance, -watchedMs));
  if (watched.length === 0) return;
  const shared = once(() => sharedFacts(ports));
  for (const home of watched) await publish(ports, home, shared);
};
