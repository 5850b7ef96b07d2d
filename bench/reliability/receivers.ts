import { type Ended, type Ending, endings, endWithSessions } from '../../test/register/endings.ts';
import { type ReceiverKind, receiverKinds } from '../../test/register/receivers.ts';
import { exact } from '../report/format.ts';
import type { Benchmark } from '../report/section.ts';

const sessions = 3;
/** Each has an address of its own. */
const signals = 3;
/** Waiting is most of what they do. */
const lanes = 4;

export const receivers: Benchmark = {
  name: 'receivers',
  async run({ quick }) {
    const chosen = quick ? endings.filter((_, index) => index % 7 === 0) : endings;
    const rows: (readonly string[])[] = [];
    let wrong = 0;
    for (const kind of receiverKinds) {
      const results = await inLanes(chosen, (ending) => measure(kind, ending));
      const whole = results.filter(({ closures }) => closures === sessions).length;
      const said = results.map(({ losses }) => losses);
      const silent = said.filter((sentences) => sentences === 0).length;
      // One for each address while the process runs, and one at its end.
      const asPromised = kind.takes
        ? whole === chosen.length && silent === chosen.length
        : silent === 0 && Math.max(...said) <= signals + 1;
      if (!asPromised) wrong += 1;
      rows.push([
        kind.name,
        `${whole} of ${chosen.length}`,
        silent === chosen.length
          ? 'nothing'
          : `in ${chosen.length - silent} of ${chosen.length}, ${Math.min(...said)} to ${Math.max(...said)} sentences`,
        exact(Math.max(...results.map(({ ended }) => ended.ms)) / 1_000, 's'),
        String(Math.max(...results.map(({ requests }) => requests))),
        String(Math.max(...results.map(({ connections }) => connections))),
        asPromised ? '' : '**otherwise than promised**',
      ]);
    }
    return {
      title: `${chosen.length} endings, ${receiverKinds.length} kinds of receiver`,
      method: [
        `An application with ${sessions} open sessions and OTLP only ends in every way of the list below, before every kind of receiver; default settings, so that the end may take 2 s longer, and the start of a thread. ${lanes} of them run at once on the shared cores.`,
        `The endings: ${chosen.map(({ name }) => name).join('; ')}.`,
      ],
      tables: [
        {
          title: 'What arrives',
          columns: [
            'The receiver',
            'All closures arrive',
            'Said of losses',
            'Longest until ended',
            'Requests at most',
            'Connections at most',
            '',
          ],
          rows,
        },
      ],
      goals: [
        {
          what: 'Receivers before which something was lost, or lost in silence, otherwise than promised',
          limit: '0',
          measured: String(wrong),
          met: wrong === 0,
        },
      ],
    };
  },
};

interface Result {
  readonly ended: Ended;
  readonly closures: number;
  readonly requests: number;
  readonly connections: number;
  readonly losses: number;
}

async function measure(kind: ReceiverKind, ending: Ending): Promise<Result> {
  const receiver = await kind.start();
  const ended = await endWithSessions(ending, sessions, {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_LOG_LEVEL: 'warn',
  });
  await receiver.close();
  return {
    ended,
    closures: receiver.closures(),
    requests: receiver.requests,
    connections: receiver.mostConnections,
    losses: ended.stderr.split('\n').filter((line) => /lost|could not be sent/.test(line)).length,
  };
}

async function inLanes<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const left = [...items];
  const results: Result[] = [];
  const lane = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) results.push(await work(item));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
