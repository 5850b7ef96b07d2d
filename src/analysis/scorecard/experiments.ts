import type { Finding, JudgedHypothesis, Threshold } from './scorecard.ts';

/** What would settle each of them. The simulator shows what the agent does in such a case; the service decides what is so. */
const experiments: Readonly<Record<JudgedHypothesis, Finding['experiment']>> = {
  payload_size: {
    text: 'Cut the tool responses of every second session to {threshold}, by a coin toss, and compare the two halves. To see what your agent does when a large response ends a session, run it against the simulator.',
    command: 'npx live-otel simulate --script large-response-1011',
  },
  encoding: {
    text: 'Send the same results as flat objects of plain ASCII, without base64, for every second session, by a coin toss. The simulator refuses responses that are not as the protocol wants them.',
    command: 'npx live-otel simulate --script scheduling',
  },
  tool_call_id: {
    text: 'Answer with the id of the call and leave out responses to cancelled calls, and see whether the ends stop. The simulator cancels calls, so that late responses show.',
    command: 'npx live-otel simulate --script cancel-race',
  },
  concurrency: {
    text: 'Send no realtime input from a tool call to its response in every second session, by a coin toss. In the simulator such input ends the session.',
    command: 'npx live-otel simulate --script race',
  },
  internal_error: {
    text: 'Run every second session on another model or region, by a coin toss: a fault of the service stays with the model or the time, not with what you send. The simulator makes such a fault.',
    command: 'npx live-otel simulate --script backend-fault',
  },
  rate_limit: {
    text: 'Halve the connects per minute for a day, with a pause before each reconnect, and look at the quota page of the project. In the simulator the quota runs out after two turns.',
    command: 'npx live-otel simulate --script quota-late',
  },
  connection: {
    text: 'Run the same agent from another network without the proxy, with WebSocket pings every 20 s. The simulator drops connections that are silent for 126 s.',
    command: 'npx live-otel simulate --script proxy-reap',
  },
  lifetime: {
    text: 'Close and resume at goAway, or at nine minutes of age, and see whether the ends at that age stop.',
    command: 'npx live-otel simulate --script goaway',
  },
  setup: {
    text: 'Connect with the model and the response modality alone and add the other settings one by one.',
    command: 'npx live-otel simulate --script setup-rejected',
  },
  credentials: {
    text: 'Connect with a new key from the same process, then with the old one.',
    command: 'npx live-otel simulate --script setup-rejected-key',
  },
  context: {
    text: 'Turn on context window compression, or start afresh before the window is full, and see whether long sessions last.',
    command: 'npx live-otel simulate --script audio-video',
  },
  client: {
    text: 'Log the place of every `session.close()` of the application and match the times.',
    command: 'npx live-otel simulate --script healthy-talk',
  },
  process: {
    text: 'Look up the restarts and errors of the process at those times, and close open sessions before it exits.',
    command: 'npx live-otel simulate --script healthy-talk',
  },
};

/** With the threshold that the data shows. */
export function experimentOf(
  hypothesis: JudgedHypothesis,
  threshold: Threshold | undefined,
): Finding['experiment'] {
  const { text, command } = experiments[hypothesis];
  return {
    text: text.replace('{threshold}', threshold === undefined ? '4 KB' : `less than ${threshold.words}`),
    ...(command !== undefined && { command }),
  };
}
