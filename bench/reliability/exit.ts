import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ending, endings, endWithSessions } from '../../test/register/endings.ts';
import { closuresIn, startOtlpReceiver } from '../../test/register/otlp-receiver.ts';
import { exact } from '../report/format.ts';
import type { Benchmark } from '../report/section.ts';

type Destination = 'file' | 'OTLP' | 'both';

/** Every ending with both, and two of them with each alone. */
const runs: readonly (readonly [Ending, Destination])[] = endings
  .slice(0, 7)
  .flatMap((ending, index) =>
    (index === 0 || index === 3 ? (['both', 'file', 'OTLP'] as const) : (['both'] as const)).map(
      (destination) => [ending, destination] as const,
    ),
  );

export const exit: Benchmark = {
  name: 'exit',
  async run({ quick }) {
    const sessions = quick ? 500 : 5_000;
    const rows: (readonly string[])[] = [];
    let missing = 0;
    for (const [ending, destination] of runs) {
      const result = await measure(ending, destination, sessions);
      missing += [result.file, result.received].reduce<number>(
        (sum, arrived) => sum + sessions - (arrived ?? sessions),
        0,
      );
      rows.push([
        ending.name,
        destination,
        counted(result.file),
        counted(result.received),
        result.requests > 0 ? String(result.requests) : '–',
        exact(result.megabytes, 'MB'),
        exact(result.seconds, 's'),
        result.said,
      ]);
    }
    const count = sessions.toLocaleString('en');
    return {
      title: `A process that ends with ${count} open sessions`,
      method: [
        `An application with \`--require live-otel/register\` opens ${count} sessions of the real client to the simulator, and ends. Default settings: \`LIVE_OTEL_EXIT_TIMEOUT_MS\` is 2,000. Service, receiver and application share the cores. The seconds go from the last session open to the end of the process, and hold the ending of the sessions, the file and the sending.`,
      ],
      tables: [
        {
          title: 'Closures that arrive',
          columns: [
            'Ends by',
            'To',
            'In the file',
            'At the receiver',
            'Requests',
            'Telemetry',
            'Until it has ended',
            'Said of losses',
          ],
          rows,
        },
      ],
      goals: [
        {
          what: 'Closures that are missing, of all runs',
          limit: '0',
          measured: String(missing),
          met: missing === 0,
        },
      ],
    };
  },
};

const counted = (closures: number | undefined): string => closures?.toLocaleString('en') ?? '–';

async function measure(ending: Ending, destination: Destination, sessions: number) {
  const folder = mkdtempSync(join(tmpdir(), 'live-otel-exit-'));
  const path = join(folder, 'telemetry.jsonl');
  const receiver = await startOtlpReceiver();
  const ended = await endWithSessions(ending, sessions, {
    OTEL_LOG_LEVEL: 'warn',
    ...(destination !== 'OTLP' && { LIVE_OTEL_FILE: path }),
    ...(destination !== 'file' && { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url }),
  });
  await receiver.close();
  const text = existsSync(path) ? readFileSync(path, 'latin1') : '';
  rmSync(folder, { recursive: true });
  const bytes = receiver.requests.reduce((sum, { body }) => sum + body.length, 0);
  return {
    ...(destination !== 'OTLP' && { file: text.match(/"name":"live_closure"/g)?.length ?? 0 }),
    ...(destination !== 'file' && { received: closuresIn(receiver) }),
    requests: receiver.requests.length,
    megabytes: (bytes + text.length) / 1e6,
    seconds: ended.ms / 1_000,
    said: /live-otel: (.*)/.exec(ended.stderr)?.[1]?.replaceAll(/http:\S+/g, '…') ?? 'nothing',
  };
}
