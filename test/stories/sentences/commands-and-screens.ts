import type { Sentence } from './sentence.ts';

/** Commands, shortcuts, posture, redaction, the Home tab and the digest. */
export const commandsAndScreens: readonly Sentence[] = [
  {
    says: 'Bare `/cordon` shows what applies to the person now.',
    proof: {
      'stories/commands.test.ts': [
        'alone it tells what waits for the person: approvals, own cases, on call or not',
      ],
    },
  },
  {
    says: 'A command answers bad input with its uses.',
    proof: {
      'stories/commands.test.ts': [
        '`/cordon %s` is answered with its uses',
        'a word that is no command is answered with the one that was meant',
      ],
    },
  },
  {
    says: 'A command is answered in every channel of the workspace.',
    proof: {
      'stories/no-member.test.ts': [
        'a command is answered where Cordon is no member, to whoever asked alone',
        'an answer goes to no other address than Slack’s',
      ],
    },
  },
  {
    says: 'Every command answers in a message for the person alone; a long list has pages.',
    proof: {
      'stories/commands.test.ts': [
        'cases are listed the worst first, and shown in a window',
        'a list that is longer than one message goes on where the person presses Next',
        'pending, contained and undo lead from a request to its undo',
        'audit tells what the chain holds of a case and of a request',
        'oncall names the people, and rules say why',
      ],
    },
  },
  {
    says: '`find` and `who` take a resource, a key, an address or a principal.',
    proof: {
      'stories/commands.test.ts': [
        'tells the cases about %s',
        'who reads IAM live, and names the account that cannot be read',
      ],
    },
  },
  {
    says: '`request ACTION TARGET` opens the plan as a button of the card does, with its authority.',
    proof: {
      'stories/request-command.test.ts': [
        'joins the open case about the thing, and runs as the card would run it',
        'without a case it opens one, which its asker has and which calls nobody',
        'asks for the authority that the button asks for',
        '`/cordon request %s`',
      ],
    },
  },
  {
    says: 'Message shortcuts: add to a case, and find this.',
    proof: {
      'stories/commands.test.ts': ['from the menu of a message it looks for what its text names'],
      'stories/request-command.test.ts': [
        'keeps its words in the record of the chosen case, once, and shows them there',
      ],
    },
  },
  {
    says: 'The manifest holds exactly the commands, scopes and events that the code uses.',
    proof: {
      'docs/manifest.test.ts': ['is the shortcuts that the code listens to, under their names'],
    },
  },
  {
    says: 'A wide channel is shown masked ids, and whoever may see them gets them alone.',
    proof: {
      'stories/redaction.test.ts': [
        'no card, request or notification in a wide channel shows a whole id or address',
        'Details shows the whole of it to a responder alone, and to nobody else',
      ],
    },
  },
  {
    says: 'The digest tells times against targets, what is in force, noise, balance and missing heartbeats.',
    proof: {
      'stories/digest.test.ts': [
        'it tells what came, how long people took, what is in force, and that nothing is lost',
        'a quiet day is one line, posted once',
        'on Monday it tells about the week, day by day',
        'a Slack that cannot draw the chart gets the same numbers as a table',
      ],
    },
  },
  {
    says: 'The message that ends a storm adds up when it is posted.',
    proof: {
      'stories/storm.test.ts': [
        'a storm is one roll-up at once, then a card for each case, then a message that adds up',
      ],
    },
  },
  {
    says: 'The Home tab tells what waits, is updated when it changes, and is cheap when it does not.',
    proof: {
      'stories/home.test.ts': [
        'it tells what waits for the person who looks, and nothing to who has no role',
        'what did not change costs no call of Slack, and nobody who looked long ago is served',
        'Slack refusing the tab loses nothing: it is published when it can be',
      ],
    },
  },
  {
    says: 'Posture: the score, each number with its link, its age, a trend, and why something is unknown.',
    proof: {
      'stories/posture.test.ts': [
        'the whole organisation: score, what to act on first, each with its way into the console',
        'answers are kept 15 minutes, the credential report 4 hours, and their age is told',
        'what cannot be read is told with the reason, and the rest is told all the same',
        'after a week a number says what it was',
      ],
      'posture/rights.test.ts': ['every figure leads to a page of the AWS console'],
      'posture/unknown.test.ts': [
        'is unknown with the reason, for every question',
        'in some accounts leaves the others counted and these named',
      ],
      'posture/elsewhere.test.ts': [
        'the new Security Hub counts by itself, with a trend, and gives the same scores',
        'Shield Advanced and Network Firewall are told where they are used',
      ],
    },
  },
  {
    says: 'Posture keeps to the throttling limits of 500 accounts.',
    proof: {
      'posture/pace.test.ts': [
        'each account has its own limits, and another operation of Security Hub too',
        'what is shared by the organisation is slowest: 500 reads of Organizations take minutes',
      ],
    },
  },
];
