import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSpans } from '../support/otlp-file.ts';
import { endings, endWithSessions } from './endings.ts';
import { closuresIn, startOtlpReceiver } from './otlp-receiver.ts';

const folder = mkdtempSync(join(tmpdir(), 'live-otel-many-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string) => join(folder, `${name.replaceAll(/\W+/g, '-')}.jsonl`);
const closuresInFile = (path: string) => readSpans(path).filter(({ name }) => name === 'live_closure').length;

/** More than a batch, and more spans than the SDK's own queue takes. */
const many = 600;

describe(`a process with ${many} open sessions leaves every closure, in the file and at the receiver`, () => {
  const last = endings.at(-1);
  it.each([...endings.slice(0, 7), ...(last === undefined ? [] : [last])])(
    'when it ends by $name',
    async (ending) => {
      const receiver = await startOtlpReceiver();
      const path = file(`many ${ending.name}`);
      const env = {
        LIVE_OTEL_FILE: path,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        LIVE_OTEL_EXIT_TIMEOUT_MS: '60000',
      };
      await endWithSessions(ending, many, env);
      await receiver.close();
      expect(closuresInFile(path)).toBe(many);
      expect(closuresIn(receiver)).toBe(many);
      expect(receiver.requests.length).toBeLessThan(many / 10);
    },
    120_000,
  );
});

describe('every way to end', () => {
  it('leaves every closure, and the exit code and signal that it has without us', async () => {
    const outcomes: unknown[] = [];
    const expected: unknown[] = [];
    const check = async (ending: (typeof endings)[number]): Promise<void> => {
      const receiver = await startOtlpReceiver();
      const path = file(ending.name);
      const env = {
        LIVE_OTEL_FILE: path,
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        LIVE_OTEL_EXIT_TIMEOUT_MS: '60000',
      };
      const bare = await endWithSessions(ending, 3, {}, { bare: true });
      const ended = await endWithSessions(ending, 3, env);
      await receiver.close();
      const { name } = ending;
      outcomes.push({ name, ...ended, ms: 0, file: closuresInFile(path), received: closuresIn(receiver) });
      expected.push({ name, ...bare, ms: 0, file: 3, received: 3 });
    };
    const left = [...endings];
    const lane = async (): Promise<void> => {
      for (let ending = left.shift(); ending !== undefined; ending = left.shift()) await check(ending);
    };
    await Promise.all([lane(), lane(), lane()]);
    expect(outcomes).toEqual(expected);
  }, 240_000);
});
