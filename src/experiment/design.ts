/** What is compared: for each factor two arms that differ in one thing. Pure. */
import type { Contrast } from '../analysis/experiment/experiment.ts';
import type { ExperimentArm, ExperimentFactor, ExperimentStart } from '../conventions/vocabulary.ts';
import { type ResponseEncoding, type Treatment, usual } from './treatment.ts';

export interface Design extends Contrast {
  readonly arms: Readonly<Record<ExperimentArm, Treatment>>;
  /** An end before that is no outcome. */
  readonly differsFrom: ExperimentStart;
  /** That the quota is used up says something of the arms. Else such a session is made up for by another. */
  readonly quotaTells: boolean;
  /** Protocol milliseconds between two sessions, so that one does not tell on the next. */
  readonly pauseMs: number;
  /** Sessions at once, at most. */
  readonly parallel: number;
}

/** What the user chooses; the rest is as usual. */
export interface DesignOptions {
  readonly model?: string | undefined;
  readonly region?: string | undefined;
  readonly sdk?: string | undefined;
  readonly baseUrl?: string | undefined;
  /** Of the large response, in bytes. */
  readonly size?: number | undefined;
  readonly encoding?: Exclude<ResponseEncoding, 'ascii'> | undefined;
  /** Open at once, in the place of the microphone. */
  readonly sessions?: number | undefined;
  /** Connections of a burst. */
  readonly burst?: number | undefined;
  /** Seconds of silence. */
  readonly silence?: number | undefined;
  /** The other model, region, folder of the SDK, or address. */
  readonly other?: string | undefined;
}

/** A factor cannot be varied without more being said. */
export class DesignError extends Error {
  override name = 'DesignError';
}

interface Difference {
  /** One and the same property of both. */
  readonly change: Readonly<Record<ExperimentArm, Partial<Treatment>>>;
  readonly words: Readonly<Record<ExperimentArm, string>>;
  /** What both do. */
  readonly both?: Partial<Treatment>;
  readonly differsFrom?: ExperimentStart;
  readonly quotaTells?: boolean;
  readonly pauseMs?: number;
  readonly parallel?: number;
}

const mostParallel = 8;
/** Quotas are counted by the minute: between two sessions it is over, and spaced connects are far from it. */
const minuteMs = 60_000;
const spacedMs = 10_000;
/** Between messages that keep a connection alive. */
const signOfLifeMs = 20_000;
/** Seconds: what is silent is cut after two minutes by some. */
const usualSilence = 130;

export function designOf(factor: ExperimentFactor, options: DesignOptions = {}): Design {
  const { model = usual.model, region, sdk, baseUrl } = options;
  const { change, words, both, ...more } = differences[factor](options);
  const { differsFrom = 'conversation', quotaTells = false, pauseMs = 0, parallel = mostParallel } = more;
  const common: Treatment = { ...usual, model, region, sdk, baseUrl, ...both };
  return {
    factor,
    ...words,
    arms: { control: { ...common, ...change.control }, treated: { ...common, ...change.treated } },
    differsFrom,
    quotaTells,
    pauseMs,
    parallel,
  };
}

/** Several factors in one session. */
export interface Combination extends Pick<Design, 'differsFrom' | 'quotaTells' | 'pauseMs' | 'parallel'> {
  readonly treatments: (treated: ReadonlySet<ExperimentFactor>) => Treatment;
  readonly words: (factor: ExperimentFactor) => Readonly<Record<ExperimentArm, string>>;
}

/** Where several are looked at, the other of `--other` is a model. */
export function amongAll(factor: ExperimentFactor, options: DesignOptions): DesignOptions {
  return factor === 'internal_error' ? options : { ...options, other: undefined };
}

/** What one needs all have: a call that is interrupted comes after one that is answered. */
export function combine(factors: readonly ExperimentFactor[], options: DesignOptions = {}): Combination {
  const { model = usual.model, region, sdk, baseUrl } = options;
  const all = new Map(factors.map((factor) => [factor, differences[factor](amongAll(factor, options))]));
  const parts = [...all.values()];
  const both = Object.assign({}, ...parts.map((part) => part.both)) as Partial<Treatment>;
  const common: Treatment = {
    ...usual,
    model,
    region,
    sdk,
    baseUrl,
    ...both,
    roundsBefore: both.interrupts ? 1 : 0,
  };
  return {
    treatments: (treated) =>
      Object.assign(
        { ...common },
        ...[...all].map(([factor, { change }]) => change[treated.has(factor) ? 'treated' : 'control']),
      ) as Treatment,
    words: (factor) => (all.get(factor) ?? differences[factor](amongAll(factor, options))).words,
    differsFrom: parts.some(({ differsFrom }) => differsFrom === 'connect') ? 'connect' : 'conversation',
    quotaTells: parts.some(({ quotaTells }) => quotaTells),
    pauseMs: Math.max(...parts.map(({ pauseMs = 0 }) => pauseMs)),
    parallel: Math.min(...parts.map(({ parallel = mostParallel }) => parallel)),
  };
}

const differences: Readonly<Record<ExperimentFactor, (options: DesignOptions) => Difference>> = {
  payload_size: ({ size = 65_536 }) =>
    of(
      'responseBytes',
      [usual.responseBytes, `${bytes(usual.responseBytes)} responses`],
      [size, `${bytes(size)} responses`],
    ),
  encoding: ({ encoding = 'utf8', size = 4_096 }) =>
    of('encoding', ['ascii', encodingWords.ascii], [encoding, encodingWords[encoding]], {
      both: { responseBytes: size },
    }),
  tool_call_id: () =>
    of(
      'answersCancelled',
      [false, 'cancelled calls left alone'],
      [true, 'cancelled calls answered all the same'],
      { both: { interrupts: true } },
    ),
  concurrency: ({ sessions }) =>
    sessions === undefined
      ? of(
          'microphone',
          [false, 'a silent line while the call is pending'],
          [true, 'an open microphone while the call is pending'],
        )
      : of('companions', [0, 'one open session'], [sessions - 1, `${sessions} open sessions`], {
          differsFrom: 'connect',
          quotaTells: true,
          parallel: 1,
        }),
  internal_error: ({ model = usual.model, other }) => otherModel(model, other),
  rate_limit: ({ burst = 12 }) =>
    of(
      'connectsWithinMs',
      [burst * spacedMs, `${burst} connects, one every ${spacedMs / 1_000} s`],
      [0, `${burst} connects at once`],
      {
        both: { connectsBefore: burst },
        differsFrom: 'connect',
        quotaTells: true,
        pauseMs: 2 * minuteMs,
        parallel: 1,
      },
    ),
  connection: ({ silence, other, baseUrl }) => {
    if (other === undefined) {
      const seconds = silence ?? usualSilence;
      return of(
        'signOfLifeMs',
        [signOfLifeMs, `${seconds} s of silence with a message every ${signOfLifeMs / 1_000} s`],
        [0, `${seconds} s of silence without a message`],
        { both: { silenceMs: seconds * 1_000 } },
      );
    }
    // A proxy may cut connections of a certain age: both are held so long, and kept alive.
    const held = silence === undefined ? '' : ` held for ${silence} s`;
    return of(
      'baseUrl',
      [baseUrl, `connections as usual${held}`],
      [other, `connections through ${hostOf(other)}${held}`],
      {
        ...(silence !== undefined && { both: { silenceMs: silence * 1_000, signOfLifeMs } }),
        differsFrom: 'connect',
      },
    );
  },
  model: ({ model = usual.model, other }) => otherModel(model, other),
  region: ({ region, other }) =>
    of(
      'region',
      [other, `the region ${needed(other, 'region', 'europe-west4')}`],
      [region, `the region ${region ?? 'that is usual'}`],
      {
        differsFrom: 'connect',
      },
    ),
  sdk: ({ sdk, other }) =>
    of(
      'sdk',
      [other, `the SDK in ${needed(other, 'folder of @google/genai', '../other-project')}`],
      [sdk, 'the SDK of this folder'],
      {
        differsFrom: 'connect',
      },
    ),
};

function otherModel(model: string, other: string | undefined): Difference {
  const name = needed(other, 'model', 'gemini-3.1-flash-live-preview');
  return of('model', [name, `the model ${name}`], [model, `the model ${model}`], {
    differsFrom: 'connect',
  });
}

type Value<Key extends keyof Treatment> = readonly [value: Treatment[Key], words: string];

/** Arms that differ in `key` and nothing else. */
function of<Key extends keyof Treatment>(
  key: Key,
  control: Value<Key>,
  treated: Value<Key>,
  more: Omit<Difference, 'change' | 'words'> = {},
): Difference {
  return {
    change: { control: { [key]: control[0] }, treated: { [key]: treated[0] } },
    words: { control: control[1], treated: treated[1] },
    ...more,
  };
}

const encodingWords: Readonly<Record<ResponseEncoding, string>> = {
  ascii: 'ASCII responses',
  utf8: 'responses with characters beyond ASCII',
  base64: 'base64 responses',
  text: 'responses that are no object',
};

function needed(value: string | undefined, what: string, example: string): string {
  if (value !== undefined) return value;
  throw new DesignError(`The other ${what} is needed to compare with, as --other ${example}.`);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Exact, since it names an arm: `2 KB`, `64 KB`, `1500 B`. */
function bytes(count: number): string {
  return count % 1_024 === 0 ? `${count / 1_024} KB` : `${count} B`;
}
