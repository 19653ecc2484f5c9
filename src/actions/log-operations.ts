/** Operations of the port by which evidence queries logs of the network. As src/actions/aws.ts lists those of actions. Types only. */
import type * as Athena from '@aws-sdk/client-athena';
import type * as Logs from '@aws-sdk/client-cloudwatch-logs';

export interface LogOperations {
  'athena:GetQueryExecution': [
    Athena.GetQueryExecutionCommandInput,
    Athena.GetQueryExecutionCommandOutput,
  ];
  'athena:GetQueryResults': [
    Athena.GetQueryResultsCommandInput,
    Athena.GetQueryResultsCommandOutput,
  ];
  'athena:StartQueryExecution': [
    Athena.StartQueryExecutionCommandInput,
    Athena.StartQueryExecutionCommandOutput,
  ];
  'logs:GetQueryResults': [Logs.GetQueryResultsCommandInput, Logs.GetQueryResultsCommandOutput];
  'logs:StartQuery': [Logs.StartQueryCommandInput, Logs.StartQueryCommandOutput];
}
