/** What the configuration chooses for actions on instances, beyond what they always do. */

export interface EvidenceSettings {
  /** Run on a Linux instance by its SSM agent, as root; they have to leave it as it is. */
  readonly commands: readonly string[];
}

export interface IsolationSettings {
  /** Elastic IP addresses are taken off. */
  readonly disassociateAddress: boolean;
  /** Interfaces pass a group that lets everything through, so that tracked connections end too. */
  readonly transitionGroup: boolean;
}
