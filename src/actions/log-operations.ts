/** Operations of the port by which evidence queries logs of the network. As src/actions/aws.ts lists those of actions. Types only. */
import type * as Logs from '@aws-sdk/client-cloudwatch-logs';

export interface LogOperations {
  'logs:GetQueryResults': [Logs.GetQueryResultsCommandInput, Logs.GetQueryResultsCommandOutput];
  'logs:StartQuery': [Logs.StartQueryCommandInput, Logs.StartQueryCommandOutput];
}
