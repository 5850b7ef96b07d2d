import type { Script } from '../script.ts';
import { answerTurns, think } from './phrases.ts';

/** The TCP connection breaks. */
export function drop({ afterMs = 1_000 } = {}): Script {
  return {
    name: 'drop',
    description: `The TCP connection is destroyed ${afterMs} ms into the first answer, without a close frame (1006).`,
    reactions: [
      {
        on: { event: 'user_turn' },
        do: [think, { do: 'speak', ms: afterMs, text: 'Let me tell you' }, { do: 'drop' }],
      },
    ],
  };
}

/** A connection that only looks open: what is sent is taken, and nothing comes back, not even a pong. */
export function zombie({ afterMs = 1_000 } = {}): Script {
  return {
    name: 'zombie',
    description: `${afterMs} ms into the first answer the service falls silent for good: it takes what is sent and answers nothing, no ping either.`,
    reactions: [
      {
        on: { event: 'user_turn' },
        do: [think, { do: 'speak', ms: afterMs, text: 'Let me tell you' }, { do: 'mute', pongs: false }],
      },
    ],
  };
}

/** Pings are answered late, as was measured of the service; a client with a short timeout gives up. */
export function latePongs({ delayMs = [8_000, 30_000] as readonly [number, number] } = {}): Script {
  return {
    name: 'late-pongs',
    description: `WebSocket pings are answered ${delayMs[0] / 1_000} to ${delayMs[1] / 1_000} s late; everything else is healthy.`,
    behaviour: { pongMs: delayMs },
    reactions: [answerTurns],
  };
}

/** A proxy on the way that closes silent connections; measured of one: 125.5 to 126 s. */
export function proxyReap({ afterMs = 126_000 } = {}): Script {
  return {
    name: 'proxy-reap',
    description: `The TCP connection is destroyed when nothing crossed it for ${afterMs / 1_000} s, without a close frame (1006); pings keep it open.`,
    reactions: [answerTurns, { on: { event: 'line_silent', ms: afterMs }, do: [{ do: 'drop' }] }],
  };
}
