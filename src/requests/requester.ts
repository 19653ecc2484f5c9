/** Who asked for something: a person, or an automation rule of the configuration. */
import { actorOf, type Person } from './person.ts';

/** The requester is the rule: nobody pressed anything. */
export interface RuleActor {
  readonly kind: 'rule';
  /** Never the id of a person: theirs have no colon. */
  readonly id: `automation:${string}`;
  /** Id of the entry under `automation.rules` that asked. */
  readonly automation: string;
  /** Id of the rule that decided about the case. */
  readonly rule: string;
}

export type Requester = Person | RuleActor;

export const ruleActor = (automation: string, rule: string): RuleActor => ({
  kind: 'rule',
  id: `automation:${automation}`,
  automation,
  rule,
});

export const isPerson = (requester: Requester): requester is Person => requester.kind !== 'rule';

/** How the audit names it. */
export const requesterActor = (requester: Requester): string => {
  switch (requester.kind) {
    case undefined:
    case 'person':
      return actorOf(requester);
    case 'rule':
      return `rule:${requester.rule}/${requester.automation}`;
    default:
      return requester satisfies never;
  }
};

/** How people are told; drawn literally. */
export const requesterName = (requester: Requester): string => {
  switch (requester.kind) {
    case undefined:
    case 'person':
      return requester.name ?? requester.user;
    case 'rule':
      return `automation ${requester.automation} (rule ${requester.rule})`;
    default:
      return requester satisfies never;
  }
};

/** Slack user id; a rule has none. */
export const requesterUser = (requester: Requester): string | undefined =>
  isPerson(requester) ? requester.user : undefined;

/**
 * What AWS records as the source identity of the sessions; the same for every rule, so that a trail
 * can be searched for it. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const sourceIdentityOf = (requester: Requester): string =>
  isPerson(requester) ? requester.id : 'cordon-automation';
