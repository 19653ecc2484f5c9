/**
 * The contract of a playbook: one situation, when it applies, and the steps from contained to
 * verified. One situation, one file, one line in src/playbooks/index.ts. The order of the phases is
 * that of NIST SP 800-61: https://csrc.nist.gov/pubs/sp/800/61/r2/final
 */
import type { Phase } from '../actions/action.ts';
import type { Resource, ResourceKind, Severity } from '../findings/finding.ts';

/** Which resources of a case a step works on. */
export interface Targets {
  /** Derived from what the case names; no AWS call. */
  from(resources: readonly Resource[]): readonly Resource[];
  /** For docs: `each access key`. */
  readonly words: string;
}

interface Step {
  /** kebab-case, unique in its playbook: what conditions name. */
  readonly id: string;
  readonly phase: Phase;
  /** Ids of steps without which this one has no meaning: it is left out, or skipped, with them. */
  readonly needs?: readonly string[];
}

export type PlaybookStep =
  | (Step & {
      readonly kind: 'action';
      /** Id of the action. */
      readonly action: string;
      readonly on: Targets;
      /** Id of an earlier step: only planned where that one has no target or was refused. */
      readonly insteadOf?: string;
      /** Without it the playbook makes no sense: its refusal is the playbook's. */
      readonly required?: true;
    })
  | (Step & {
      readonly kind: 'manual';
      readonly title: string;
      /** Exact: words in capitals (`USER`, `BUCKET`) are filled with what the case names. */
      readonly instructions: readonly string[];
    })
  /** Reads back every action of the run once more: what somebody took back meanwhile is seen. */
  | (Step & { readonly kind: 'check'; readonly title: string });

export interface Playbook {
  /** kebab-case, stable for ever: it is in audit entries and buttons. */
  readonly id: string;
  /** `Stolen access key`. */
  readonly title: string;
  /** The button: at most 30 characters. */
  readonly label: string;
  /** One sentence: what has happened. */
  readonly situation: string;
  readonly applies: {
    /** Ids of rules of the default pack. */
    readonly rules: readonly string[];
    /** For findings that rules of your own decide: the source's own type. */
    readonly types?: RegExp;
    /** From this severity of the case on. */
    readonly from: Severity;
    /** One of these is among the resources. */
    readonly resources: readonly ResourceKind[];
  };
  /** Of one action, beyond those the rest is left out; 5 when absent. */
  readonly mostTargets?: number;
  readonly steps: readonly PlaybookStep[];
  /** Where it is explained at length. */
  readonly links: readonly string[];
}

/** Keeps the literal types and freezes the definition. */
export const definePlaybook = (playbook: Playbook): Playbook => Object.freeze(playbook);
