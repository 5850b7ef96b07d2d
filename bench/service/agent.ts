/** An agent on the SDK, over sockets on the loopback interface to a service in a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LiveServerMessage, Session } from '@google/genai';
import { factoryOf, liveWith, loadSdk, type Mode } from '../audio/client.ts';
import { createInstrumented } from '../audio/instrumented.ts';

export interface Listeners {
  /** After the tool calls of the message were answered. */
  readonly onmessage?: (message: LiveServerMessage) => void;
  readonly onclose?: () => void;
}

/** @param service the module of the service, which sends the port that it listens on. */
export async function startAgent(service: URL) {
  const instrumented = createInstrumented({ serialize: true });
  const sdk = loadSdk();
  const peer = fork(fileURLToPath(service), { execArgv: [] });
  const [port] = (await once(peer, 'message')) as [number];
  const ai = new sdk.GoogleGenAI({
    apiKey: 'bench',
    httpOptions: { baseUrl: `http://127.0.0.1:${port}` },
  });

  /** Opens a session that answers each tool call at once. */
  async function connect(mode: Mode, { onmessage, onclose }: Listeners = {}): Promise<Session> {
    const session: Session = await instrumented.connect(mode, (watched) =>
      liveWith(sdk, ai, watched(factoryOf(ai))).connect({
        model: 'bench',
        config: { tools: [{ functionDeclarations: [{ name: 'look_up' }] }] },
        callbacks: {
          onmessage(message: LiveServerMessage) {
            const functionResponses = message.toolCall?.functionCalls?.map(({ id = '', name = '' }) => ({
              id,
              name,
              response: { result: 'fine' },
            }));
            if (functionResponses) session.sendToolResponse({ functionResponses });
            onmessage?.(message);
          },
          ...(onclose && { onclose }),
        },
      }),
    );
    return session;
  }

  return { instrumented, connect, stop: () => peer.disconnect() };
}
