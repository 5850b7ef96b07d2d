/** What would settle each hypothesis, as a command to run. */
import { experimentBounds } from '../experiment/experiment.ts';
import type { Frame } from '../risk/frame.ts';
import type { Finding, JudgedHypothesis, Threshold } from './scorecard.ts';

interface Experiment {
  readonly text: string;
  readonly command: (threshold: Threshold | undefined, model: string) => string;
}

const experiments: Readonly<Record<JudgedHypothesis, Experiment>> = {
  payload_size: {
    text: 'Let a coin decide between small and large tool responses, session by session: this command does, with your key.',
    command: experiment('payload_size', (threshold) =>
      threshold?.unit === 'By' ? `--size ${within('size', 2 * threshold.from)}` : '',
    ),
  },
  encoding: {
    text: 'Let a coin decide between ASCII and other characters in responses of one size: this command does, with your key; --encoding base64 and text compare with others.',
    command: experiment('encoding'),
  },
  tool_call_id: {
    text: 'Let a coin decide whether a call that the service cancelled is answered all the same: this command does, with your key.',
    command: experiment('tool_call_id'),
  },
  concurrency: {
    text: 'Let a coin decide whether audio goes out while a tool call is pending, or how many sessions are open at once: this command does, with your key.',
    command: experiment('concurrency', (threshold) =>
      threshold?.quantity === 'sessions' ? `--sessions ${within('sessions', threshold.from)}` : '',
    ),
  },
  internal_error: {
    text: 'Let a coin decide between this model and another: a fault of the service stays with the model, not with what you send. This command does, with your key.',
    command: experiment('internal_error', () => '--other OTHER_MODEL'),
  },
  rate_limit: {
    text: 'Let a coin decide between connects at once and connects every 10 s: this command does, with your key, and may use up its quota.',
    command: experiment('rate_limit', (threshold) =>
      threshold?.quantity === 'connects' ? `--burst ${within('burst', threshold.from)} --i-know` : '--i-know',
    ),
  },
  connection: {
    text: 'Let a coin decide whether silence is broken by a message every 20 s: this command does, with your key; --other URL compares with another way to the service.',
    command: experiment('connection'),
  },
  lifetime: {
    text: 'Close and resume at goAway, or before the age at which connections end, and see whether these ends stop.',
    command: () => 'npx live-otel simulate --script goaway',
  },
  setup: {
    text: 'Connect with the model and the response modality alone and add the other settings one by one.',
    command: () => 'npx live-otel simulate --script setup-rejected',
  },
  credentials: {
    text: 'Connect with a new key from the same process, then with the old one.',
    command: () => 'npx live-otel simulate --script setup-rejected-key',
  },
  context: {
    text: 'Turn on context window compression, or start afresh before the window is full, and see whether long sessions last.',
    command: () => 'npx live-otel simulate --script audio-video',
  },
  client: {
    text: 'Log the place of every `session.close()` of the application and match the times.',
    command: () => 'npx live-otel simulate --script healthy-talk',
  },
  process: {
    text: 'Look up the restarts and errors of the process at those times, and close open sessions before it exits.',
    command: () => 'npx live-otel simulate --script healthy-talk',
  },
};

/** With the threshold and the model that the data shows. */
export function experimentOf(
  hypothesis: JudgedHypothesis,
  threshold: Threshold | undefined,
  frame: Frame,
): Finding['experiment'] {
  const { text, command } = experiments[hypothesis];
  if (hypothesis === 'rate_limit' && threshold && threshold.quantity !== 'connects')
    return {
      text: `Let a coin decide, hour by hour, whether the application stays below ${threshold.words} a minute, and see whether the ends stop in these hours.`,
    };
  return { text, command: command(threshold, modelOf(frame)) };
}

function experiment(
  factor: JudgedHypothesis,
  more: (threshold: Threshold | undefined) => string = () => '',
): Experiment['command'] {
  return (threshold, model) =>
    ['npx live-otel experiment', factor, more(threshold), isPlain(model) ? `--model ${model}` : '']
      .filter((part) => part !== '')
      .join(' ');
}

/** A name that a shell takes as it stands. */
function isPlain(model: string): boolean {
  return /^[\w./@:-]+$/.test(model) && !model.startsWith('-');
}

/** As much as the command takes. */
function within(bounds: keyof typeof experimentBounds, count: number): number {
  const { least, most } = experimentBounds[bounds];
  return Math.min(most, Math.max(least, Math.round(count)));
}

/** The one with the most unexpected ends. */
function modelOf({ sessions }: Frame): string {
  const ends = new Map<string, number>();
  for (const { ending, factors, weight } of sessions) {
    if (ending.expected || factors.model === '') continue;
    ends.set(factors.model, (ends.get(factors.model) ?? 0) + weight);
  }
  return [...ends].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? '';
}
