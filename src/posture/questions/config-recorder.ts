/** Whether changes of resources are recorded; Security Hub's controls depend on it. */
import { consoleUrl } from '../console.ts';
import { answered, type Question, usualMinutes } from '../question.ts';

export const configRecorder: Question = {
  id: 'config-recorder',
  title: 'Config recorder',
  reads: ['config:DescribeConfigurationRecorderStatus'],
  freshMinutes: usualMinutes,
  async ofEach(reader) {
    const { ConfigurationRecordersStatus = [] } = await reader.call(
      'config:DescribeConfigurationRecorderStatus',
      {},
    );
    const records = ConfigurationRecordersStatus.some(({ recording }) => recording);
    return answered([
      {
        label: `accounts where Config records nothing, ${reader.region}`,
        value: records ? 0 : 1,
        of: 1,
        verdict: records ? 'fine' : 'act',
        link: consoleUrl('configRecorder', reader.region),
      },
    ]);
  },
};
