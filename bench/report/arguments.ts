import { parseArgs } from 'node:util';

export interface BenchArguments {
  /** Names; none stands for all. */
  readonly only: readonly string[];
  readonly quick: boolean;
  readonly write: boolean;
}

/**
 * The options that all benchmarks take; ends the process with a sentence where they cannot be used.
 *
 * @param names of the benchmarks there are
 */
export function readArguments(names: readonly string[]): BenchArguments {
  const { only, quick, write } = parsed();
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined)
    fail(`--only ${unknown}: there is no such benchmark. There are ${names.join(', ')}.`);
  if (write && quick) fail('--write takes benchmarks at their full length: leave out --quick.');
  return { only: only.length > 0 ? only : names, quick, write };
}

function parsed() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string', multiple: true, default: [] },
        quick: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

export function fail(sentence: string): never {
  process.stderr.write(`live-otel: ${sentence}\n`);
  process.exit(2);
}
