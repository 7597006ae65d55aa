import type { temporal } from '@temporalio/proto';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { historyFromJSON, historyToJSON, type History } from '@temporalio/common/lib/proto-utils';
import { defaultPayloadConverter } from '@temporalio/common';
import { bundleWithEar, differences, replayed } from './compare';
import { firstPolicy } from '../../prisma/seed';
import { corpus, type Life } from './corpus';

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });

const lives = corpus();
let bundle: Awaited<ReturnType<typeof bundleWithEar>>;
beforeAll(async () => {
  bundle = await bundleWithEar();
}, 60_000);

const differencesToday = async ({ steps }: Life, history: History) =>
  differences(history, steps, await replayed(bundle, history));

test.each(lives.map((life) => [life.name, life] as const))(
  'a case that was lived as "%s" goes on today, with the same timers and the same words',
  async (_name, life) => {
    expect(await differencesToday(life, life.history)).toEqual([]);
  },
);

describe('what plain replay does not see is seen here:', () => {
  const life = lives.find(({ name }) => name === 'guided-yes')!;
  const doctored = (change: (events: temporal.api.history.v1.IHistoryEvent[]) => void): History => {
    const copy = historyFromJSON(JSON.parse(historyToJSON(life.history)));
    change(copy.events!);
    return copy;
  };
  const playsPlainly = (history: History) =>
    Worker.runReplayHistory({ workflowBundle: { codePath: process.env.STORIES ?? '' } }, history);

  test('a timer of another length', async () => {
    const history = doctored((events) => {
      const { timerStartedEventAttributes: timer } = events.find((event) => event.timerStartedEventAttributes)!;
      timer!.startToFireTimeout = { seconds: 1 as never, nanos: 0 };
    });
    await playsPlainly(history);
    expect(await differencesToday(life, history)).toEqual([
      expect.stringMatching(/^timer \d+\/milliseconds was 1000, is \d+$/),
    ]);
  });

  test('a text with other facts', async () => {
    const history = doctored((events) => {
      const { activityTaskScheduledEventAttributes: send } = events.find(
        (event) => event.activityTaskScheduledEventAttributes,
      )!;
      send!.input = { payloads: [defaultPayloadConverter.toPayload({ template: 'another' })!] };
    });
    await playsPlainly(history);
    expect(await differencesToday(life, history)).toContainEqual(
      expect.stringMatching(/^activity \d+\/args\/0\/template was "another", is "guidance-check"$/),
    );
  });

  test('a step that writes something else', async () => {
    const steps = life.steps.map((step, i) => (i === 1 ? { ...step, args: [{ ordinal: 7 }] } : step));
    expect(await differencesToday({ ...life, steps }, life.history)).toContainEqual(
      expect.stringMatching(/^step \d+\/args\/0\/ordinal was 7, is 2$/),
    );
  });
});

describe('no recorded history holds a word or a number of a person:', () => {
  const han = /\p{Script=Han}+/gu;
  /** What the policy says, which stands in the terms of every case. */
  const ours = ['安心服务', '杭州西湖店', '空调', ...firstPolicy.pickup.mailable];

  /** Payloads are written down in base64. */
  const readable = ({ text }: Life) =>
    text.replace(/"data": ?"([^"]*)"/g, (_data, base64: string) => String(Buffer.from(base64, 'base64')));

  test.each(lives.map((life) => [life.name, life] as const))('%s', (_name, life) => {
    const said = readable(life);
    expect(said).toContain('AC-');
    expect([...said.matchAll(han)].map(([words]) => words).filter((words) => !ours.includes(words))).toEqual([]);
    const people = /\+\d{6,}|(?<!\d)1[3-9]\d{9}(?!\d)|[\w.-]+@[\w-]+/g;
    expect([...said.matchAll(people)].map(([words]) => words)).toEqual([]);
    expect(said).not.toMatch(/"(name|phone|address|email|serial|fault|what|reason|body)": ?"\+?\d*\p{Script=Han}/u);
  });

  test.each(lives.map((life) => [life.name, life] as const))(
    'nor of the machine that it was lived on: %s',
    (_, life) => {
      expect(readable(life)).not.toMatch(/"(identity|workerVersion|stackTrace)":|node_modules|\.ts:\d/);
    },
  );
});
