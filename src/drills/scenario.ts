/** The contract of a drill's scenario: one situation, one file, its name in scenario-ids.ts. */
import type { RehearsedCall } from './drill.ts';
import type { ScenarioId } from './scenario-ids.ts';

/** Where and when a scenario is said to happen. */
export interface Stage {
  /** Thirty-two hexadecimal digits, another for each drill: the finding's own id. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

export interface Scenario {
  /** kebab-case: what people type. */
  readonly id: ScenarioId;
  readonly title: string;
  /** What is said to happen, in a sentence. */
  readonly story: string;
  /** The event as AWS would send it. All in it is made up. */
  event(stage: Stage): object;
  /** What the drill's AWS needs beyond what the event names, made by its administrator. */
  readonly furnish?: (stage: Stage) => readonly RehearsedCall[];
  /** What somebody does between an approval and its start, so that the plan is another one. */
  readonly drift?: (stage: Stage) => readonly RehearsedCall[];
  /** What an attacker does against the containment. */
  readonly counterMove?: (stage: Stage) => readonly RehearsedCall[];
  readonly good: {
    /** Ids of playbooks and actions that contain it. */
    readonly contains: readonly string[];
    /** Why these, for the score. */
    readonly because: string;
    /** Ids of actions that harm here, each with why. */
    readonly harms: Readonly<Record<string, string>>;
  };
}

/** Keeps the literal types and freezes the definition. */
export const defineScenario = (scenario: Scenario): Scenario => Object.freeze(scenario);
