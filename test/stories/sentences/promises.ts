import type { Sentence } from './sentence.ts';

const all = (says: string, file: string, ...cases: readonly [string, ...string[]]): Sentence => ({
  says,
  proof: { [file]: cases },
});

/** What goes wrong elsewhere and must not here: one named test each. */
export const promises: readonly Sentence[] = [
  {
    says: 'A signed request is good for five minutes, and acts once.',
    proof: {
      'slack/signature.test.ts': ['judges a timestamp %s'],
      'stories/doubles.test.ts': [
        '%s acts once, and both get 200',
        'again after five minutes is refused by its age',
      ],
    },
  },
  all(
    'A missing, malformed or wrong signature is refused before anything is parsed.',
    'slack/signature.test.ts',
    'refuses a signature with %s',
    'refuses everything with the secrets %j',
  ),
  all(
    'The server refuses what has expired, whatever is drawn and whether or not a clock ran.',
    'stories/requests.test.ts',
    'is refused too late even when no tick has run',
  ),
  all(
    'A card says by itself that it has expired, and a late click says so too.',
    'stories/requests.test.ts',
    'expires by itself after 15 minutes, and the card says so',
  ),
  {
    says: 'An empty configuration means nobody, and who is unknown is refused at every step.',
    proof: {
      'stories/people.test.ts': [
        'is everybody when the configuration names nobody',
        'is refused on every control, told why, and nothing happens',
      ],
      'requests/matrix.test.ts': ['%s: every action and playbook, tier and stage'],
    },
  },
  {
    says: 'To deny needs the role of an approver; the requester withdraws only their own.',
    proof: {
      'stories/people.test.ts': ['is refused on every control, told why, and nothing happens'],
      'stories/requests.test.ts': ['is withdrawn by its requester and by nobody else'],
    },
  },
  all('A look-up that fails denies.', 'stories/people.test.ts', 'is denied while %s fails'),
  all(
    'Who was removed between click and submit is refused.',
    'stories/people.test.ts',
    'between click and submit',
  ),
  all(
    'Who was removed is refused within a minute, also between approval and start.',
    'stories/people.test.ts',
    'of the requester, when the last approval comes',
    'of the approver, between approval and a start that was held up',
  ),
  all(
    'A name decides nothing.',
    'stories/promises.test.ts',
    'whoever has the name of an approver and another id is nobody',
  ),
  {
    says: 'Nobody approves their own request, by whichever account.',
    proof: {
      'stories/requests.test.ts': [
        'by the requester alone is refused, and the answer says what is needed',
        'by the second account of the requester counts as their own',
      ],
      'stories/step-up.test.ts': ['the requester, whose own passkey does not help'],
    },
  },
  all(
    'There is one gate, by whichever way somebody comes.',
    'stories/home.test.ts',
    'an approver reads the plan there, approves in its window, and sees it in force',
  ),
  {
    says: 'What people write is kept byte for byte, and what a card says is never read.',
    proof: {
      'stories/requests.test.ts': [
        'is denied by an approver, who is named, and can be asked for again',
      ],
      'stories/promises.test.ts': [
        'what somebody writes over a card changes nothing of what is stored',
      ],
    },
  },
  all(
    'Targets come from what is stored, never from the payload.',
    'stories/promises.test.ts',
    'a payload that names the other one decides neither: the stored token does',
  ),
  all(
    'Two approvals at once in two processes are one execution.',
    'race/race.test.ts',
    'of two approvals one starts the execution, and the other is told whose did',
  ),
  all(
    'A click acts on its own request.',
    'stories/promises.test.ts',
    'a click decides its own, not the older one',
  ),
  all(
    'A card looks done only after it is done; a failure names its step on the same card.',
    'stories/stopped.test.ts',
    'a refusal of AWS at the last interface names the step, calls the requester, and can be undone',
    'what AWS does not confirm is never shown as contained',
  ),
  all(
    'What was there before is recorded before it is changed, and comes back.',
    'stories/isolate.test.ts',
    'is planned, approved by another person, carried out, verified and undone',
  ),
  all(
    'Slack failing does not keep a card from telling what happened.',
    'stories/outages.test.ts',
    'answers %s: AWS is contained all the same, and the card catches up',
  ),
  all(
    'An approver who is gone keeps nobody else from approving.',
    'stories/promises.test.ts',
    'an approver who is not in Slack any more keeps nobody else from approving',
  ),
  all(
    'Where only groups approve, there are buttons.',
    'stories/promises.test.ts',
    'where only groups approve, the request has its buttons',
  ),
  all(
    'Nothing is lost while Slack throttles or is down.',
    'stories/outages.test.ts',
    'an alert that comes while Slack is down is posted once when it is back',
    'a request that is made while posting fails gets exactly one approval card',
  ),
  all(
    'In a storm the messages stay within Slack’s limits, and the numbers add up.',
    'stories/storm.test.ts',
    'a storm is one roll-up at once, then a card for each case, then a message that adds up',
  ),
  {
    says: 'A repeat edits the card that is there, and does not post.',
    proof: {
      'stories/alerts.test.ts': [
        '%s: one card with the right count',
        'edits the card that is there and pings nobody twice',
      ],
    },
  },
  all(
    'A pacer that dies is followed, and nothing is posted twice.',
    'stories/take-over.test.ts',
    'whoever comes after a pacer that died with the turn waits for it a second and a half, not longer',
  ),
  all(
    'An answer of Slack that is lost makes no second message.',
    'stories/outages.test.ts',
    'does the edits but loses its answers: nothing is posted twice',
  ),
  {
    says: 'Lengths are kept after escaping, at whole entities, in posts and edits.',
    proof: {
      'slack/text.test.ts': [
        'cuts after escaping, at whole entities and whole characters, and says so',
        'never exceeds the budget with 3,000 characters that grow on escaping',
      ],
    },
  },
  {
    says: 'Whatever an attacker writes stays text, in every field and in links.',
    proof: {
      'slack/text.test.ts': [
        'whatever an attacker writes, nothing of Slack syntax survives and the length holds',
        'links are https, ours, and cannot be broken out of',
      ],
      'findings/console-links.test.ts': ['a hostile value makes no link'],
    },
  },
  all(
    'A suppression has an end, and who, why and until when are told.',
    'stories/scoped-suppressions.test.ts',
    'the list says what is hidden, why, by whom and until when, and any responder ends it there',
    'its owner is told a day before the end, once, and it then ends by itself',
  ),
  all(
    'To hide a type everywhere needs a second person.',
    'stories/scoped-suppressions.test.ts',
    'a type everywhere needs an approver, who is not the one who asked',
  ),
  {
    says: 'A “yes, it was me” closes nothing; nobody closes or lessens a case of their own.',
    proof: {
      'stories/lifecycle-words.test.ts': [
        'a yes is a remark: it closes nothing, and lowers not below HIGH where a key is stolen',
      ],
      'stories/people.test.ts': [
        'whoever contains their own identity does not take it back within the quick minutes',
      ],
    },
  },
  all(
    'Nobody is called by what they did.',
    'stories/lifecycle-words.test.ts',
    'a contained case pings each person at most twice, and nobody by what they did',
  ),
  {
    says: 'What is no finding is counted with its reason; an unknown type is a card all the same.',
    proof: {
      'stories/alerts.test.ts': [
        'is counted once with its reason when it reaches the queue all the same',
      ],
      'stories/pager.test.ts': ['nothing in a page can be clicked or break its lines'],
    },
  },
  all(
    'Waiting is a stored state: a confirmation may come much later, or never.',
    'stories/step-up.test.ts',
    'a link that is old, used, or for a request that is over',
  ),
  {
    says: 'Slack is answered in time on a cold start, and its retry has no second effect.',
    proof: {
      'house/bundles.test.ts': [
        'a signed click is on the queue with its signature, and its modal is open',
      ],
      'stories/doubles.test.ts': ['%s acts once'],
    },
  },
  all(
    'No log carries what Slack sent.',
    'slack/receiver.test.ts',
    'logs that a request failed, and nothing of what it carried (%#)',
  ),
  {
    says: 'Guests, strangers, bots and who was deleted are refused.',
    proof: {
      'stories/people.test.ts': [
        'a user whose account is deactivated is refused, although the click is signed',
      ],
      'requests/authority.test.ts': ['asked to %s as %s is refused'],
    },
  },
  all(
    'An approval without an end cannot be made.',
    'stories/promises.test.ts',
    'an approval without an end cannot be configured',
  ),
  all(
    'A link leads to the thing itself.',
    'findings/console-links.test.ts',
    'an instance is shown in its console, its trail and Detective',
  ),
];
